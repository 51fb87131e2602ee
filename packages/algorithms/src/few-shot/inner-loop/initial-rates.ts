import type { Random, Weights } from "@metabench/core";
import { add, fill } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { map, uniform } from "../../nn/index.ts";

const error = "a positive number, or a range [low, high] with low below high";
const range = z.tuple([z.number(), z.number()]).refine(([low, high]) => low < high, { error });

/** Where learned step sizes start: one number for all weights, or a range. */
export const initialRate = z
  .union([z.number().positive(), range], { error })
  .describe("Initial step size of every weight, or the range from which each is drawn.");

/** A step size for every single weight, in the form of `weights`; of a range each is drawn by a stream of its tensor's own. */
export const initialRates = <W extends Weights>(
  random: Random,
  weights: W,
  rate: z.output<typeof initialRate>,
): W =>
  map(weights, ({ shape }, path) => {
    if (typeof rate === "number") return fill(shape, rate);
    const [low, high] = rate;
    return add(uniform(random.fork(`rates/${path}`), shape, (high - low) / 2), (low + high) / 2);
  });
