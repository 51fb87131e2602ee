import { addN, concat, div, mul, onesLike, reshape, slice } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import type { SupportSet, Weights } from "@metabench/core";
import { zip } from "../../nn/index.ts";
import type { InnerTask } from "../inner-loop/inner-loop.ts";
import { metaLearner, type MetaLearnerWeights } from "./learning-strategy.ts";
import type { Network, StackedNetwork } from "../inner-loop/stacked-classifier.ts";
import { labelEmbeddings, taskEncoder, type TaskEncoderWeights } from "./task-encoder.ts";

/** A trunk, the Task Encoder and the Meta-Learner. */
export type StrategistWeights = {
  readonly body: Weights;
  readonly encoder: TaskEncoderWeights;
  readonly metaLearner: MetaLearnerWeights;
};

/** Where all tasks start, with a step size for each of their weights. */
export interface TaskStrategies {
  readonly start: StackedNetwork;
  readonly stepSizes: StackedNetwork;
  /** The mean error of the class means that are decoded from the task embeddings. */
  reconstructionError(): Scalar;
}

/** Each task's support set, embedded by the trunk as it is. */
function embeddedSupports(body: Weights, task: InnerTask): readonly SupportSet<Tensor2D>[] {
  const { tasks, ways, shots, labels } = task;
  const embeddings = reshape(task.embed(task.body(body)), [tasks, ways * shots, -1]);
  const part = (x: Tensor, at: number) => slice(x, [at], [1]);
  return Array.from({ length: tasks }, (_, at) => ({
    inputs: reshape(part(embeddings, at), [ways * shots, -1]) as Tensor2D,
    labels: slice(labels, [at * ways * shots], [ways * shots]) as Tensor1D,
    ways,
    shots,
  }));
}

/** From the support sets of the tasks present to a learning strategy for each, all as one. */
export function taskStrategies(
  weights: StrategistWeights,
  task: InnerTask,
  initialStep: number,
): TaskStrategies {
  const { body, encoder } = weights;
  const seen = embeddedSupports(body, task).map((support) => ({
    support,
    embedding: taskEncoder.embed(encoder, support),
  }));
  const contexts = metaLearner.contexts(weights.metaLearner, concat(seen.map((each) => each.embedding)));
  const labels = labelEmbeddings(encoder, task.ways);
  const strategies = seen.map((_, at) =>
    metaLearner.strategy(weights.metaLearner, body, slice(contexts, [at, 0], [1, -1]), labels, initialStep),
  );
  return {
    start: task.join(strategies.map(({ start }) => start)),
    // A step size for every number: which of a stacked leaf are a task's, the backbone alone knows.
    stepSizes: task.join(
      strategies.map(({ start, stepSizes }) =>
        zip<Network>(start, stepSizes, (weight, size) => mul(onesLike(weight), size)),
      ),
    ),
    reconstructionError: () =>
      div(
        addN(
          seen.map(({ embedding, support }) => taskEncoder.reconstructionError(encoder, embedding, support)),
        ),
        task.tasks,
      ),
  };
}
