import { zeros, type Tensor, type Tensor2D, type Tensor4D } from "@tensorflow/tfjs-core";
import type { Embedded, FewShotContext, Random, Variables, Weights } from "@metabench/core";
import { named, variables } from "../../nn/index.ts";
import { runningStatistics } from "./running-statistics.ts";

/** What an encoder is made of: a backbone, or its feature maps. */
interface Network<T extends Tensor> {
  initialise(random: Random): Weights;
  apply(weights: Weights, inputs: Tensor, statistics?: Weights): Embedded<T>;
}

/** An embedding that learns from batches of images, and gives each test image its own whatever its neighbours. */
export interface Encoder<T extends Tensor> {
  /** The weights, as variables. */
  readonly body: Weights;
  /** The weights by path. */
  readonly parameters: Variables;
  /** Running averages of the normalisation statistics. */
  readonly state: Variables;
  /** A training batch, normalised by its own statistics, which the running averages take in. */
  embed(weights: Weights, images: Tensor4D): T;
  /** Images normalised by the running averages. */
  encode(images: Tensor4D): T;
}

/** A freshly initialised encoder. */
export function encoder<T extends Tensor = Tensor2D>(
  network: Network<T>,
  { random, task }: Pick<FewShotContext, "random" | "task">,
): Encoder<T> {
  const body: Weights = variables(network.initialise(random.fork("body")));
  // A blank image gives the form of the statistics; a hundred batches of training forget its values.
  const running = runningStatistics(network.apply(body, zeros([1, ...task.image])).statistics);
  return {
    body,
    parameters: named(body, "body."),
    state: running.state,
    embed(weights, images) {
      const { embedding, statistics } = network.apply(weights, images);
      running.update(statistics);
      return embedding;
    },
    encode: (images) => network.apply(body, images, running.average).embedding,
  };
}
