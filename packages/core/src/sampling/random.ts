import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { MetabenchError } from "../errors.ts";
import { chooseInto, identity } from "./choose.ts";
import { sha256Words } from "./sha256.ts";

/** A list that can be written by index: an array or a typed array. */
interface Shuffleable {
  readonly length: number;
  [index: number]: unknown;
}

/** State from which a stream continues: four signed 32-bit words; JSON. */
export type RandomState = readonly number[];

/** A stream of random numbers, the same on every engine and every backend. */
export interface Random {
  /** The name that the stream was derived from, such as `"few-shot/omniglot/5w1s/train/episodes/0"`. */
  readonly path: string;
  /** An integer from 0 to 2³² − 1; one step of the generator. */
  uint32(): number;
  /** A number in [0, 1) with 32 random bits: a multiple of 2⁻³². As a `float32` it may round to 1. */
  uniform(): number;
  /**
   * An integer from 0 to n − 1, all equally likely.
   *
   * @throws MetabenchError `invalid-usage` unless n is an integer of 1…2³².
   */
  below(n: number): number;
  /** Shuffles in place (Fisher–Yates) and returns the same array. */
  shuffle<List extends Shuffleable>(list: List): List;
  /** The integers from 0 to n − 1 in random order. */
  permutation(n: number): Uint32Array;
  /**
   * `count` different integers from 0 to n − 1 in random order, with memory for `count`.
   *
   * @throws MetabenchError `invalid-usage` if `count` exceeds n.
   */
  choose(n: number, count: number): Uint32Array;
  /**
   * A number from an approximately normal distribution with mean 0 and variance 1, within ±6: the sum of 12 uniform numbers minus 6
   * (Irwin–Hall). It uses no transcendental function, so it has the same bits on every engine. For initial weights and noise.
   */
  approximateNormal(): number;
  /** The stream named `path + "/" + name`. It is independent of this one, and of how much was drawn from it. */
  fork(name: string): Random;
  /** The position of the stream, for `restore`. */
  state(): RandomState;
  /**
   * Continues from where `state` was taken.
   *
   * @throws MetabenchError `invalid-usage` unless it is four signed 32-bit words, not all zero.
   */
  restore(state: RandomState): void;
}

const range = 2 ** 32;

/**
 * The stream of a path, by convention `"<protocol>/<data set>/<split>/<purpose>/<seed>"`.
 *
 * xoroshiro128+ of pure-rand (its lower 32 bits); the four words of its state are the first 128 bits of the path's
 * SHA-256, so that a new stream moves no other.
 */
export function randomStream(path: string): Random {
  let generator = xoroshiro128plusFromState(Array.from(sha256Words(path).subarray(0, 4)));

  const uint32 = () => generator.next() >>> 0;

  // Buckets of equal width, not a remainder: the lowest bits of xoroshiro128+ are its weakest.
  const below = (n: number) => {
    if (!Number.isInteger(n) || n < 1 || n > range)
      throw new MetabenchError(
        "invalid-usage",
        `Stream "${path}" cannot draw an integer below ${n}; give a bound that is an integer from 1 to 4294967296.`,
      );
    const width = Math.floor(range / n);
    let draw = uint32();
    while (draw >= width * n) draw = uint32();
    return Math.floor(draw / width);
  };

  const shuffle = <List extends Shuffleable>(list: List) => {
    for (let last = list.length - 1; last > 0; last -= 1) {
      const other = below(last + 1);
      [list[last], list[other]] = [list[other], list[last]];
    }
    return list;
  };

  return {
    path,
    uint32,
    uniform: () => uint32() / range,
    below,
    shuffle,
    permutation: (n) => shuffle(identity(n)),
    choose(n, count) {
      if (!Number.isInteger(count) || count < 0 || count > n)
        throw new MetabenchError(
          "invalid-usage",
          `Stream "${path}" cannot draw ${count} distinct integers below ${n}; ask for 0 to ${n}.`,
        );
      const chosen = new Uint32Array(count);
      chooseInto(chosen, 0, count, n, below);
      return chosen;
    },
    approximateNormal() {
      // Integers up to 12 · 2³² add exactly, so the order of addition cannot matter.
      let sum = 0;
      for (let i = 0; i < 12; i += 1) sum += uint32();
      return sum / range - 6;
    },
    fork: (name) => randomStream(`${path}/${name}`),
    state: () => Array.from(generator.getState()),
    restore(state) {
      if (
        state.length !== 4 ||
        state.some((word) => (word | 0) !== word) ||
        state.every((word) => word === 0)
      )
        throw new MetabenchError(
          "invalid-usage",
          `[${state.join(", ")}] is no state of a random stream; restore what state() returned: four signed 32-bit integers.`,
        );
      generator = xoroshiro128plusFromState(state);
    },
  };
}
