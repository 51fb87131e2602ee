import { add, exp, mul, reshape, slice, transpose, zerosLike } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import type { Random } from "@metabench/core";
import {
  leaves,
  linear,
  map,
  relu,
  selfAttention,
  type LinearWeights,
  type SelfAttentionWeights,
  type Weights,
} from "../../nn/index.ts";
import { modulate, modulatedLayers } from "./modulation.ts";
import { besideTask, taskWidth } from "./task-encoder.ts";

const heads = 4;

/** What the Meta-Learner holds: attention among tasks, and the generator of strategies. */
export type MetaLearnerWeights = {
  readonly attention: SelfAttentionWeights;
  readonly hidden: LinearWeights;
  readonly classes: LinearWeights;
  readonly head: LinearWeights;
  readonly modulation: LinearWeights;
  readonly stepSizes: LinearWeights;
};

/** Where a task's own learner starts, and a step size for each tensor of its weights, scalars in the same form. */
export interface LearningStrategy<B extends Weights> {
  readonly start: { readonly body: B; readonly head: LinearWeights };
  readonly stepSizes: Weights;
}

/** The layer of a weight: its path without the last name. */
const layerOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf(".")));

/** The layers of a trunk with a head, in order. */
const layersOf = (body: Weights): readonly string[] => [
  ...new Set([...leaves({ body }).keys(), "head.kernel"].map(layerOf)),
];

/** From the embeddings of the tasks present to a learning strategy for each. */
export const metaLearner = {
  /** The generator starts with no modulation and with equal step sizes. */
  initialise(random: Random, body: Weights, features: number): MetaLearnerWeights {
    const channels = modulatedLayers(body).reduce((sum, layer) => sum + layer.channels, 0);
    const dense = (name: string, inputs: number, outputs: number) =>
      linear.initialise(random.fork(name), inputs, outputs);
    const still = (outputs: number) => map(dense("still", taskWidth, outputs), zerosLike);
    return {
      attention: selfAttention.initialise(random.fork("attention"), taskWidth),
      hidden: dense("hidden", taskWidth, taskWidth),
      classes: dense("classes", 2 * taskWidth, taskWidth),
      head: dense("head", taskWidth, features + 1),
      modulation: still(2 * channels),
      stepSizes: still(layersOf(body).length),
    };
  },

  /** Each task's context: its embedding plus what it attends to among all, [tasks, 64] → [tasks, 64]. */
  contexts: ({ attention }: MetaLearnerWeights, tasks: Tensor2D): Tensor2D =>
    add(tasks, selfAttention.apply(attention, tasks, heads)),

  /**
   * The strategy from a task's context `[1, 64]` and its label embeddings `[ways, 64]`: head weights per class, a scale and a shift of every
   * modulated layer, and step sizes `initialStep · exp(…)` a layer, which are positive.
   */
  strategy<B extends Weights>(
    weights: MetaLearnerWeights,
    body: B,
    context: Tensor2D,
    labels: Tensor2D,
    initialStep: number,
  ): LearningStrategy<B> {
    const hidden = relu(linear.apply(weights.hidden, context));
    const classes = relu(linear.apply(weights.classes, besideTask(hidden, labels)));
    const generated = linear.apply(weights.head, classes);
    const features = generated.shape[1] - 1;
    const head = {
      kernel: transpose(slice(generated, [0, 0], [-1, features])),
      bias: reshape<Tensor1D["rankType"]>(slice(generated, [0, features], [-1, 1]), [-1]) as Tensor1D,
    };
    const layers = modulatedLayers(body);
    const film = reshape(linear.apply(weights.modulation, hidden), [-1]);
    const half = film.size / 2;
    const part = (from: number) => slice(film, [from], [half]) as Tensor1D;
    const start = { body: modulate(body, layers, part(0), part(half)), head };
    const sizes = mul(exp(reshape(linear.apply(weights.stepSizes, hidden), [-1])), initialStep);
    const names = layersOf(body);
    const sizeOf = new Map(
      names.map((name, at) => [name, reshape(slice(sizes, [at], [1]), []) as Scalar] as const),
    );
    return { start, stepSizes: map(start, (leaf, path) => sizeOf.get(layerOf(path)) ?? leaf) };
  },
};
