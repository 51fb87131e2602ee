import {
  MetabenchError,
  type Adaptation,
  type AdaptsOnEmbeddings,
  type AdaptsOnImages,
  type FewShotLearner,
} from "@metabench/core";
import { argMax, tensor1d, type Tensor, type Tensor2D, type Tensor4D } from "@tensorflow/tfjs-core";
import type { ImageReader } from "./image-reader.ts";
import { inScope } from "./scope.ts";
import { assertTensor, unexpected } from "./unexpected.ts";

/** What is asked at one adaptation step. */
export interface Asked {
  readonly step: number;
  /** Logits or outputs for inputs, at this step. */
  predict(inputs: Tensor): Tensor2D;
  /** Attention of inputs over the support examples, where the method has it. */
  readonly attention: ((inputs: Tensor) => Tensor2D) | null;
}

/** A predictor of any setting, whatever its inputs. */
interface AnyPredictor {
  predict(inputs: never): Tensor2D;
  attention?(inputs: never): Tensor2D;
}

function assertDrawable(predictors: unknown): void {
  if (typeof (predictors as Partial<Iterable<unknown>> | null | undefined)?.[Symbol.iterator] !== "function")
    throw unexpected(
      "adapt()",
      "its predictors one by one, as a generator does (*adapt(support) { … })",
      predictors,
    );
}

function assertPredictor(predictor: unknown): void {
  if (typeof (predictor as Partial<AnyPredictor> | null | undefined)?.predict !== "function")
    throw unexpected("adapt()", "predictors { predict } with a function predict", predictor);
}

/** Which steps are looked at: 0 … last of the curve, and the headline. */
export function stepsOf({ adaptationSteps }: Adaptation, curveSteps: number): readonly number[] {
  const steps = Array.from({ length: curveSteps + 1 }, (_, step) => step);
  return adaptationSteps > curveSteps ? [...steps, adaptationSteps] : steps;
}

/**
 * Draws predictors until the last wanted step, and asks at each wanted one. A learner that yields one predictor only is asked once.
 * Each asking has a scope of its own, so that a long curve holds no more memory than one step.
 *
 * @returns the steps that were asked
 * @throws MetabenchError `contract-broken` when adaptation ends before the declared step, or yields no predictors
 */
export function drawPredictors(
  predictors: Iterable<AnyPredictor>,
  { adaptationSteps }: Adaptation,
  wanted: readonly number[],
  ask: (asked: Asked) => void,
): readonly number[] {
  assertDrawable(predictors);
  const done: number[] = [];
  const last = wanted.at(-1) ?? 0;
  let step = 0;
  for (const predictor of predictors) {
    if (wanted.includes(step)) {
      assertPredictor(predictor);
      inScope(() => {
        const { attention } = predictor;
        ask({
          step,
          predict: (inputs) => predictor.predict(inputs as never),
          attention: attention ? (inputs) => attention.call(predictor, inputs as never) : null,
        });
      });
      done.push(step);
    }
    if (step === last) break;
    step += 1;
  }
  if (!done.includes(adaptationSteps))
    throw new MetabenchError(
      "contract-broken",
      `adapt() ended after ${String(step)} predictors, but the learner declares ${String(adaptationSteps)} adaptation steps; ` +
        `yield one predictor before the first step and one after each, or declare fewer steps.`,
    );
  return done;
}

/**
 * The steps at which some episodes were asked, the same for all of them.
 *
 * @throws MetabenchError `contract-broken` where they differ
 */
export function sharedSteps(episodes: readonly { readonly steps: readonly number[] }[]): number[] {
  const steps = episodes[0]?.steps ?? [];
  if (episodes.every((one) => one.steps.length === steps.length)) return [...steps];
  throw new MetabenchError(
    "contract-broken",
    "adapt() yields a different number of predictors from episode to episode; yield one per step.",
  );
}

/**
 * The label with the highest logit, for each row of `[n, ways]`.
 *
 * @throws MetabenchError `contract-broken` for no tensor or a wrong shape, `not-finite` for NaN or infinity
 */
export function labelsOf(logits: Tensor2D, count: number, ways: number): Uint8Array {
  assertTensor(logits, "predict()");
  if (logits.shape.length !== 2 || logits.shape[0] !== count || logits.shape[1] !== ways)
    throw new MetabenchError(
      "contract-broken",
      `predict() returned shape [${logits.shape.join(", ")}] for ${String(count)} inputs and ${String(ways)} classes; return logits [${String(count)}, ${String(ways)}].`,
    );
  assertFinite(logits, "Logits");
  return Uint8Array.from(argMax(logits, 1).dataSync());
}

/** @throws MetabenchError `not-finite` */
export function assertFinite(values: Tensor, name: string): void {
  if (values.dataSync().every((value) => Number.isFinite(value))) return;
  throw new MetabenchError(
    "not-finite",
    `${name} are not finite: the learner diverged. Lower its learning rates or clip its gradients.`,
  );
}

/** Positions of an episode's images and the labels of its support. */
interface Positions {
  readonly support: Uint32Array;
  readonly supportLabels: Int32Array;
  readonly query: Uint32Array;
}

type FewShotAdaptation = AdaptsOnImages | AdaptsOnEmbeddings;

/** Predictors for a support set, and the inputs that they are asked about: images, or embeddings of them. */
export function adaptTo(
  learner: FewShotAdaptation,
  inputs: (positions: Uint32Array) => Tensor,
  { support, supportLabels }: Positions,
  ways: number,
  shots: number,
): Iterable<AnyPredictor> {
  const labels = tensor1d(supportLabels, "int32");
  if (learner.adaptsOn === "embeddings")
    return learner.adapt({ inputs: inputs(support), labels, ways, shots });
  return learner.adapt({ inputs: inputs(support) as Tensor4D, labels, ways, shots });
}

/** Inputs of a learner for positions of a reader's images: the images, or what it encodes them to. */
export function inputsOf(
  learner: FewShotAdaptation,
  reader: ImageReader,
): (positions: Uint32Array) => Tensor {
  return learner.adaptsOn === "images"
    ? (positions) => reader.at(positions)
    : (positions) => {
        const embeddings = learner.encode(reader.at(positions));
        assertTensor(embeddings, "encode()");
        return embeddings;
      };
}

/** Predicted labels of an episode's queries at the headline step; `inputs` are images or embeddings by position. */
export function adaptOnce(
  learner: FewShotLearner,
  inputs: (positions: Uint32Array) => Tensor,
  episode: Positions,
  ways: number,
  shots: number,
): Uint8Array {
  return inScope(() => {
    let labels: Uint8Array = new Uint8Array();
    drawPredictors(
      adaptTo(learner, inputs, episode, ways, shots),
      learner,
      [learner.adaptationSteps],
      ({ predict }) => {
        labels = labelsOf(predict(inputs(episode.query)), episode.query.length, ways);
      },
    );
    return labels;
  });
}
