import type { Episode, Random, Variables } from "@metabench/core";
import { concat, gather, reshape, tensor1d, type Tensor1D, type Tensor4D } from "@tensorflow/tfjs-core";
import { resumableRandom } from "../../resumable-random.ts";
import { stackedSet, type StackedSet } from "./stacked-classifier.ts";

/** All images of several tasks as one set, for methods that tell no support set from a query set. */
export const wholeTasks = (episodes: readonly Episode[]): StackedSet =>
  stackedSet(
    episodes.map(({ support, query }) => ({
      inputs: concat<Tensor4D>([support.inputs, query.inputs]),
      labels: concat<Tensor1D>([support.labels, query.labels]),
    })),
  );

/** Minibatches of tasks' examples for an inner loop. */
export interface InnerBatches {
  /** Positions of `count` minibatches of `size`: all examples in random order, then all again in another order. */
  positions(examples: number, size: number, count: number): readonly Tensor1D[];
  /** Minibatches of tasks' images, the same positions for every task. */
  of(tasks: StackedSet, size: number, count: number): readonly StackedSet[];
  /** Where the stream stands. */
  readonly state: Variables;
}

/** Minibatches by a stream that nobody else draws from. */
export function innerBatches(random: Random): InnerBatches {
  const { use, state } = resumableRandom(random);
  const positions: InnerBatches["positions"] = (examples, size, count) => {
    const order = use((stream) => {
      const drawn: number[] = [];
      while (drawn.length < size * count) drawn.push(...stream.permutation(examples));
      return drawn;
    });
    return Array.from({ length: count }, (_, at) =>
      tensor1d(order.slice(at * size, (at + 1) * size), "int32"),
    );
  };
  return {
    state,
    positions,
    of({ inputs, labels }, size, count) {
      const [tasks = 1, images = 1] = inputs.shape;
      return positions(images, size, count).map((batch) => ({
        inputs: gather(inputs, batch, 1),
        labels: reshape(gather(reshape(labels, [tasks, images]), batch, 1), [-1]),
      }));
    },
  };
}
