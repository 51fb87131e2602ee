import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from "@tensorflow/tfjs-core";
import type { ParameterSet } from "./weights.ts";

/** Named losses of one update, as scalars; the first is what was minimised. */
export type Losses = Readonly<Record<string, Scalar>>;

/** What mixup made of a batch: input i is λ · xᵢ + (1 − λ) · xⱼ, and its loss λ · loss(labels) + (1 − λ) · loss(mixed.labels). */
export interface MixedLabels {
  /** The labels of the other inputs, `[n]`. */
  readonly labels: Tensor1D;
  /** λ, the share of the inputs' own labels. */
  readonly share: number;
}

/** Inputs with integer labels: images `[n, height, width, channels]` as float32, labels `[n]` as int32 from 0 to classes − 1. */
export interface LabelledSet<X extends Tensor = Tensor4D> {
  readonly inputs: X;
  readonly labels: Tensor1D;
  /** In training with mixup, of what a loss is taken on; `mixedLoss` of `@metabench/algorithms/nn` heeds it. Absent otherwise. */
  readonly mixed?: MixedLabels;
}

/** The labelled examples of one few-shot task, class by class; labels 0 … ways − 1. */
export interface SupportSet<X extends Tensor = Tensor4D> extends LabelledSet<X> {
  readonly ways: number;
  readonly shots: number;
}

/** One training task: a support set to adapt on, a query set to learn from. */
export interface Episode {
  readonly support: SupportSet;
  readonly query: LabelledSet;
}

/** What the training episodes of a learner look like; the budget is counted in images, so any shape is fair. */
export interface TrainingEpisodes {
  readonly ways: number;
  readonly shots: number;
  readonly queries: number;
  /** Episodes an update (the meta-batch). */
  readonly perUpdate: number;
}

/** Learns from episodes of the training classes. */
export interface FromEpisodes {
  readonly trainsOn: "episodes";
  readonly episodes: TrainingEpisodes;
  /** One update. Runs in an engine scope: only variables outlive it. */
  train(batch: readonly Episode[]): Losses;
}

/** Learns from shuffled images of all training classes. */
export interface FromLabelledImages {
  readonly trainsOn: "labelled-images";
  readonly batchSize: number;
  /** One update. Runs in an engine scope: only variables outlive it. */
  train(batch: LabelledSet): Losses;
}

/** Does not learn before it meets the test task: controls. */
export interface Untrained {
  readonly trainsOn: "nothing";
}

/** What can be asked of an adapted learner: logits `[n, ways]` for inputs `[n, …]`. Valid until the next predictor is drawn. */
export interface Predictor<X extends Tensor = Tensor4D> {
  predict(inputs: X): Tensor2D;
  /**
   * Where the method attends to its support examples: how much each input does to each, `[n, support examples]` in the order of the
   * support set, rows that sum to 1. Shown, never scored.
   */
  attention?(inputs: X): Tensor2D;
}

/** What predictions may hang on besides the examples themselves. */
export type Dependence = "support-order" | "other-queries";

/** How adaptation unfolds. */
export interface Adaptation {
  /**
   * What this learner's predictions depend on though most learners' do not: the order of the support examples, or which other queries are
   * asked beside one. Nothing where it is absent. The conformance suite takes the learner at its word; a trial of few-shot
   * classification finds out besides whether queries matter to one another, whatever is said.
   */
  readonly dependsOn?: readonly Dependence[];
  /**
   * The step after which the headline result is taken. `adapt` yields a predictor before the first step (step 0) and after
   * each one, for as long as it is drawn from. A learner that adapts in one go says 0 and yields exactly once.
   */
  readonly adaptationSteps: number;
}

/** Adapts on the support images themselves. */
export interface AdaptsOnImages extends Adaptation {
  readonly adaptsOn: "images";
  adapt(support: SupportSet): Iterable<Predictor>;
}

/** Adapts on embeddings, so that each image of the test, or of a look at the validation split, is encoded once, in large batches. */
export interface AdaptsOnEmbeddings extends Adaptation {
  readonly adaptsOn: "embeddings";
  /** Vectors `[n, features]` or maps `[n, height, width, channels]` of images; each image's own, whatever its neighbours. */
  encode(images: Tensor4D): Tensor;
  adapt(support: SupportSet<Tensor>): Iterable<Predictor<Tensor>>;
}

/** A few-shot classifier. */
export type FewShotLearner = ParameterSet &
  (FromEpisodes | FromLabelledImages | Untrained) &
  (AdaptsOnImages | AdaptsOnEmbeddings);

/** Points of a batch of functions, stacked: inputs `[functions, points, inputs]`, targets `[functions, points, outputs]`. */
export interface FunctionBatch {
  readonly inputs: Tensor3D;
  readonly targets: Tensor3D;
}

/** A few-shot regressor. */
export interface RegressionLearner extends ParameterSet, Adaptation {
  readonly trainsOn: "episodes" | "nothing";
  /** Functions an update (the meta-batch). */
  readonly functionsPerUpdate: number;
  /** One update on stacked support and query points. Runs in an engine scope: only variables outlive it. */
  train(support: FunctionBatch, query: FunctionBatch): Losses;
  /** Support `[shots, inputs]` → `[shots, outputs]` of one function. */
  adapt(support: { readonly inputs: Tensor2D; readonly targets: Tensor2D }): Iterable<Predictor<Tensor2D>>;
}

/** Inputs `[n, …]` and, for each task by id, its targets: classes as int32 `[n]`, numbers as float32 `[n, outputs]`. */
export interface MultiTaskBatch {
  readonly inputs: Tensor;
  readonly targets: Readonly<Record<string, Tensor>>;
  /**
   * Where tasks have examples of their own: for each task by id, the positions in `inputs` of the examples that its targets belong to,
   * int32 `[nₜ]`, at least one. Absent where every example has a target of every task.
   */
  readonly rows?: Readonly<Record<string, Tensor1D>>;
  /** In training with mixup: the targets of the other inputs by task, and λ, as in {@link MixedLabels}. Absent otherwise. */
  readonly mixed?: { readonly targets: Readonly<Record<string, Tensor>>; readonly share: number };
}

/** A multi-task learner. */
export interface MultiTaskLearner extends ParameterSet {
  readonly batchSize: number;
  /** One update; losses by task id. Runs in an engine scope: only variables outlive it. */
  train(batch: MultiTaskBatch): Losses;
  /** Predictions `[n, outputs]` of one task: logits of its classes, or its numbers. */
  predict(task: string, inputs: Tensor): Tensor2D;
}
