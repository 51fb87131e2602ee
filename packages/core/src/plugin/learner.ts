import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from "@tensorflow/tfjs-core";
import type { ParameterSet } from "./weights.ts";

/** Named scalar losses of one update. The first is the one that was minimised. */
export type Losses = Readonly<Record<string, Scalar>>;

/** The second labels of a mixup batch. Input i is λ · xᵢ + (1 − λ) · xⱼ; its loss is λ · loss(labels) + (1 − λ) · loss(mixed.labels). */
export interface MixedLabels {
  /** The labels of the other inputs, `[n]`. */
  readonly labels: Tensor1D;
  /** λ, the weight of the inputs' own labels. */
  readonly share: number;
}

/** Inputs with integer labels: images `[n, height, width, channels]` as float32, labels `[n]` as int32 from 0 to classes − 1. */
export interface LabelledSet<X extends Tensor = Tensor4D> {
  /** Images `[n, height, width, channels]`, normalised; or their embeddings. */
  readonly inputs: X;
  /** `[n]`, int32. */
  readonly labels: Tensor1D;
  /** The second labels and λ of a mixup batch; pass the set to `mixedLoss` of `@metabench/algorithms/nn`. Absent without mixup. */
  readonly mixed?: MixedLabels;
}

/** The labelled examples of one few-shot task, sorted by class: `shots` examples of label 0, then of label 1, up to ways − 1. */
export interface SupportSet<X extends Tensor = Tensor4D> extends LabelledSet<X> {
  /** Classes of the set. */
  readonly ways: number;
  /** Examples per class. */
  readonly shots: number;
}

/** One training task: a support set to adapt to, and a query set whose loss the update minimises. */
export interface Episode {
  /** What to adapt to. */
  readonly support: SupportSet;
  /** What to take the loss on. */
  readonly query: LabelledSet;
}

/** The shape of a learner's training episodes. It may differ from the test's, since the budget counts examples. */
export interface TrainingEpisodes {
  /** Classes per episode. */
  readonly ways: number;
  /** Support images per class. */
  readonly shots: number;
  /** Query images per class. */
  readonly queries: number;
  /** Episodes per update (the meta-batch). */
  readonly perUpdate: number;
}

/** Learns from episodes of the training classes. */
export interface FromEpisodes {
  /** What one call of `train` receives. */
  readonly trainsOn: "episodes";
  /** The shape of the training episodes. */
  readonly episodes: TrainingEpisodes;
  /** One update. Runs in an engine scope: only variables outlive it. */
  train(batch: readonly Episode[]): Losses;
}

/** Learns from shuffled images of all training classes. */
export interface FromLabelledImages {
  /** What one call of `train` receives. */
  readonly trainsOn: "labelled-images";
  /** Images per update. */
  readonly batchSize: number;
  /** One update. Runs in an engine scope: only variables outlive it. */
  train(batch: LabelledSet): Losses;
}

/** Does not train before the test, as most controls. */
export interface Untrained {
  /** There is no `train`. */
  readonly trainsOn: "nothing";
}

/** An adapted learner: logits `[n, ways]` (or outputs) for inputs `[n, …]`. Valid until `adapt` yields the next predictor. */
export interface Predictor<X extends Tensor = Tensor4D> {
  /** Logits `[n, ways]`, or outputs `[n, outputs]` in regression. */
  predict(inputs: X): Tensor2D;
  /**
   * Optional, for methods with attention: the weight of each support example for each input, `[n, support examples]` in the order of the
   * support set. Rows sum to 1. The site shows them; they are not scored.
   */
  attention?(inputs: X): Tensor2D;
}

/** What predictions may depend on, apart from the examples themselves. */
export type Dependence = "support-order" | "other-queries";

/** How adaptation unfolds. */
export interface Adaptation {
  /**
   * What predictions depend on, apart from the examples: the order of the support set, or the other queries. Absent means neither. The
   * conformance suite trusts the declaration. A trial of few-shot classification also measures the dependence on other queries itself.
   */
  readonly dependsOn?: readonly Dependence[];
  /**
   * The step whose predictions give the headline result. `adapt` yields a predictor before the first step (step 0) and after each
   * step, for as long as the harness asks for more. A learner that adapts without steps declares 0 and yields exactly once.
   */
  readonly adaptationSteps: number;
}

/** Adapts to the support images themselves. */
export interface AdaptsOnImages extends Adaptation {
  /** What `adapt` and `predict` receive. */
  readonly adaptsOn: "images";
  /** Adapts to a support set, as a generator: yields a predictor before the first step and after each step. */
  adapt(support: SupportSet): Iterable<Predictor>;
}

/** Adapts to embeddings. The harness encodes each image of the test, or of a validation, once and in large batches. */
export interface AdaptsOnEmbeddings extends Adaptation {
  /** What `adapt` and `predict` receive. */
  readonly adaptsOn: "embeddings";
  /** Embeds images as vectors `[n, features]` or maps `[n, height, width, channels]`. An embedding must not depend on the other images. */
  encode(images: Tensor4D): Tensor;
  /** As for images, with embeddings in their place. */
  adapt(support: SupportSet<Tensor>): Iterable<Predictor<Tensor>>;
}

/** A few-shot classifier. */
export type FewShotLearner = ParameterSet &
  (FromEpisodes | FromLabelledImages | Untrained) &
  (AdaptsOnImages | AdaptsOnEmbeddings);

/** Points of a batch of functions, stacked: inputs `[functions, points, inputs]`, targets `[functions, points, outputs]`. */
export interface FunctionBatch {
  /** `[functions, points, inputs]`. */
  readonly inputs: Tensor3D;
  /** `[functions, points, outputs]`. */
  readonly targets: Tensor3D;
}

/** A few-shot regressor. */
export interface RegressionLearner extends ParameterSet, Adaptation {
  /** `"nothing"` for a control that does not train. */
  readonly trainsOn: "episodes" | "nothing";
  /** Functions per update (the meta-batch). */
  readonly functionsPerUpdate: number;
  /** One update on stacked support and query points. Runs in an engine scope: only variables outlive it. */
  train(support: FunctionBatch, query: FunctionBatch): Losses;
  /** Support `[shots, inputs]` → `[shots, outputs]` of one function. */
  adapt(support: { readonly inputs: Tensor2D; readonly targets: Tensor2D }): Iterable<Predictor<Tensor2D>>;
}

/** Inputs `[n, …]` and, for each task by id, its targets: classes as int32 `[n]`, numbers as float32 `[n, outputs]`. */
export interface MultiTaskBatch {
  /** `[n, …]`, normalised. */
  readonly inputs: Tensor;
  /** By task id: classes as int32 `[n]`, numbers as float32 `[n, outputs]`. */
  readonly targets: Readonly<Record<string, Tensor>>;
  /**
   * Where tasks have examples of their own: for each task by id, the positions in `inputs` of the examples that its targets belong to,
   * int32 `[nₜ]`, at least one. Absent where every example has a target of every task.
   */
  readonly rows?: Readonly<Record<string, Tensor1D>>;
  /** With mixup: the targets of the other inputs by task, and λ, as in {@link MixedLabels}. Absent without mixup. */
  readonly mixed?: { readonly targets: Readonly<Record<string, Tensor>>; readonly share: number };
}

/** A multi-task learner. */
export interface MultiTaskLearner extends ParameterSet {
  /** Examples per update. */
  readonly batchSize: number;
  /** One update; losses by task id. Runs in an engine scope: only variables outlive it. */
  train(batch: MultiTaskBatch): Losses;
  /** Predictions `[n, outputs]` of one task: logits of its classes, or its numbers. */
  predict(task: string, inputs: Tensor): Tensor2D;
}
