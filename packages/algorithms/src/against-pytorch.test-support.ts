import { readFileSync } from "node:fs";
import type { Variables } from "@metabench/core";
import { mul, reshape, split, sum, tensor, type Tensor, type Tensor1D } from "@tensorflow/tfjs-core";
import { expect } from "vitest";
import { stream } from "./nn/derivatives.test-support.ts";

/** A gradient as the golden files hold it: its length, and its inner products with pseudo-random directions. */
export interface GradientSummary {
  readonly norm: number;
  readonly products: readonly number[];
}

/** A loss and the gradient of all that is learned. */
interface GoldenCase {
  readonly loss: number;
  readonly gradients: Readonly<Record<string, GradientSummary>>;
}

/** The cases of a golden file of losses and gradients by name; the script in golden/ that made it says how. */
export function goldenCases(file: URL): (name: string) => GoldenCase {
  const { cases } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly cases: Readonly<Record<string, GoldenCase>>;
  };
  return (name) => {
    const found = cases[name];
    if (found === undefined) throw new Error(`There is no case called ${name}.`);
    return found;
  };
}

/** Tensors of the numbers that the scripts' `Stream` of a seed draws: uniform within `limit` of `centre`, one after the other. */
export function drawer(seed: number) {
  const random = stream(seed);
  return <T extends Tensor>(shape: readonly number[], limit = 1, centre = 0): T => {
    const size = shape.reduce((a, b) => a * b, 1);
    const values = Float32Array.from({ length: size }, () => centre + (2 * random.uniform() - 1) * limit);
    return tensor(values, [...shape]) as T;
  };
}

/** The gradient of a learner's first update by path, from its Adam: the first moment after one step is a tenth of the gradient. */
export function firstGradient({
  parameters,
  state,
}: {
  readonly parameters: Variables;
  readonly state: Variables;
}): ReadonlyMap<string, Tensor> {
  const { first } = state;
  if (first === undefined) throw new Error("the learner has no Adam");
  const named = Object.entries(parameters);
  const pieces = split(
    mul(first, 10),
    named.map(([, { size }]) => size),
  );
  return new Map(named.map(([name], at) => [name, pieces[at] as Tensor]));
}

/** Compares gradients by path with their summaries: each within `tolerance` of its length, or of a thousandth of the whole gradient's. */
export function expectGradients(
  found: ReadonlyMap<string, Tensor>,
  expected: Readonly<Record<string, GradientSummary>>,
  tolerance: number,
): void {
  expect([...found.keys()]).toEqual(Object.keys(expected));
  const whole = Math.hypot(...Object.values(expected).map(({ norm }) => norm));
  for (const [path, gradient] of found) {
    const { norm, products } = expected[path] ?? { norm: NaN, products: [NaN] };
    const flat = reshape(gradient, [-1]);
    // A bias before batch normalisation has no effect, so its gradient is zero here and noise of rounding there.
    const scale = Math.max(norm, 1e-3 * whole);
    for (const [index, product] of products.entries()) {
      const got = sum(mul(flat, drawer(100 + index)<Tensor1D>([flat.size]))).dataSync()[0] ?? NaN;
      expect(Math.abs(got - product) / scale, `${path}, direction ${String(index)}`).toBeLessThan(tolerance);
    }
  }
}
