import type { Episode, Random, Variables } from "@metabench/core";
import { concat, gather, reshape, tensor1d, type Tensor1D, type Tensor4D } from "@tensorflow/tfjs-core";
import { resumableRandom } from "../resumable-random.ts";
import { stackedSet, type StackedSet } from "./stacked-classifier.ts";

/** All images of several tasks as one set, for methods that tell no support set from a query set. */
export const wholeTasks = (episodes: readonly Episode[]): StackedSet =>
  stackedSet(
    episodes.map(({ support, query }) => ({
      inputs: concat<Tensor4D>([support.inputs, query.inputs]),
      labels: concat<Tensor1D>([support.labels, query.labels]),
    })),
  );

/** Minibatches of tasks' images for an inner loop. */
export interface InnerBatches {
  /**
   * `count` sets of `size` images a task, the same positions for every task: all images in random order, then all again in another.
   */
  of(tasks: StackedSet, size: number, count: number): readonly StackedSet[];
  /** Where the stream stands. */
  readonly state: Variables;
}

/** Minibatches by a stream that nobody else draws from. */
export function innerBatches(random: Random): InnerBatches {
  const { use, state } = resumableRandom(random);
  return {
    state,
    of({ inputs, labels }, size, count) {
      const [tasks = 1, images = 1] = inputs.shape;
      const order = use((stream) => {
        const drawn: number[] = [];
        while (drawn.length < size * count) drawn.push(...stream.permutation(images));
        return drawn;
      });
      return Array.from({ length: count }, (_, at) => {
        const positions = tensor1d(order.slice(at * size, (at + 1) * size), "int32");
        return {
          inputs: gather(inputs, positions, 1),
          labels: reshape(gather(reshape(labels, [tasks, images]), positions, 1), [-1]),
        };
      });
    },
  };
}
