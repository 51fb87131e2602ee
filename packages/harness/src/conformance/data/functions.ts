import type { FunctionFamily } from "@metabench/core";

/** Sine waves of random height and place, much like those of Finn, Abbeel, Levine 2017, section 5.1. */
export const sineWaves: FunctionFamily = {
  kind: "function-family",
  inputs: 1,
  outputs: 1,
  draw(random) {
    const height = 1 + 3 * random.uniform();
    const place = Math.PI * random.uniform();
    return ([x = 0]) => [height * Math.sin(x - place)];
  },
  input: (random) => [10 * random.uniform() - 5],
  grid: (points) =>
    Array.from({ length: points }, (_, at) => [points === 1 ? 0 : (10 * at) / (points - 1) - 5]),
};
