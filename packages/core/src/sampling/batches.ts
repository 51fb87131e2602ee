import { MetabenchError } from "../errors.ts";
import type { Random, RandomState } from "./random.ts";

/** State from which mini-batches continue; JSON. */
export interface BatchState {
  /** The stream as it stood before the current epoch was shuffled. */
  readonly random: RandomState;
  /** Whole epochs drawn before the current one. */
  readonly epoch: number;
  /** Examples of the current epoch drawn so far. */
  readonly position: number;
}

/** An endless supply of shuffled mini-batches. */
export interface EpochBatches {
  /** The next `[batchSize]` positions of 0…n−1. */
  draw(): Uint32Array;
  /** Where the supply stands, for {@link EpochBatches.restore}. */
  state(): BatchState;
  /** Goes on exactly where `state` was taken, also in another process. */
  restore(state: BatchState): void;
}

/**
 * Mini-batches over n examples. Every epoch is a fresh permutation, and epochs follow one another without a gap: all
 * batches are full, and after t batches exactly t · batchSize examples were processed. A batch that spans two epochs
 * may therefore hold an example twice (and must where batchSize > n).
 *
 * `random` belongs to the batches from here on: give them a stream of their own.
 *
 * @throws MetabenchError `invalid-usage` unless n and batchSize are positive integers.
 */
export function epochBatches(n: number, batchSize: number, random: Random): EpochBatches {
  for (const [name, value] of [
    ["examples", n],
    ["examples a batch", batchSize],
  ] as const)
    if (!Number.isInteger(value) || value < 1)
      throw new MetabenchError(
        "invalid-usage",
        `Mini-batches cannot have ${value} ${name}; give an integer of 1 or more.`,
      );

  let before = random.state();
  let epoch = 0;
  let position = 0;
  let order = random.permutation(n);

  return {
    draw() {
      const batch = new Uint32Array(batchSize);
      let filled = 0;
      while (filled < batchSize) {
        if (position === n) {
          before = random.state();
          epoch += 1;
          position = 0;
          order = random.permutation(n);
        }
        const taken = order.subarray(position, position + batchSize - filled);
        batch.set(taken, filled);
        filled += taken.length;
        position += taken.length;
      }
      return batch;
    },
    state: () => ({ random: before, epoch, position }),
    restore(state) {
      if (!Number.isInteger(state.position) || state.position < 0 || state.position > n)
        throw new MetabenchError(
          "invalid-usage",
          `Batches over ${n} examples cannot continue at position ${state.position}; restore a state taken from batches over the same examples.`,
        );
      random.restore(state.random);
      before = state.random;
      epoch = state.epoch;
      position = state.position;
      order = random.permutation(n);
    },
  };
}
