import { add, addN, dot, mul, reshape, scalar, sqrt, sub, tensor, tidy } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor, Tensor1D } from "@tensorflow/tfjs-core";
import { gradient, valueAndGradient } from "./gradient.ts";
import { leaves, map, zip } from "./tree.ts";
import type { Weights } from "./tree.ts";

/** A small generator of numbers in [0, 1) for tests (Lehmer, modulus 2³¹ − 1), so that they depend on no other package. */
export function stream(seed: number): { uniform(): number } {
  let state = (seed * 2654435 + 12345) % 2147483647;
  return {
    uniform: () => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    },
  };
}

const flat = (x: Tensor): Tensor1D => reshape(x, [x.size]) as unknown as Tensor1D;

function inner(a: Weights, b: Weights): Scalar {
  const others = [...leaves(b).values()];
  const products = [...leaves(a).values()].map(
    (leaf, index) => dot(flat(leaf), flat(others[index] ?? scalar(NaN))) as Scalar,
  );
  return addN(products);
}

function number(x: Tensor): number {
  return x.dataSync()[0] ?? NaN;
}

/**
 * |slope along the gradient − its length| / its length, the slope by central differences of `f` in float32. `step` is the distance walked
 * to either side.
 */
export function firstOrderError<W extends Weights>(
  f: (weights: W) => Scalar,
  weights: W,
  step: number,
): number {
  return tidy(() => {
    const g = gradient(f, weights);
    const length = number(sqrt(inner(g, g)));
    const along = map(g, (leaf) => mul(leaf, step / length));
    const ahead = number(f(zip(weights, along, (w, d) => add(w, d))));
    const behind = number(f(zip(weights, along, (w, d) => sub(w, d))));
    return Math.abs((ahead - behind) / (2 * step) - length) / length;
  });
}

/** The same for w ↦ ⟨∇f(w), v⟩ with v a fixed direction: it fails if any second derivative is wrong or dropped. */
export function secondOrderError<W extends Weights>(
  f: (weights: W) => Scalar,
  weights: W,
  step: number,
  seed = 7,
): number {
  return tidy(() => {
    const random = stream(seed);
    const direction = map(weights, (leaf) =>
      tensor(
        Float32Array.from({ length: leaf.size }, () => 2 * random.uniform() - 1),
        leaf.shape,
      ),
    );
    const along = (w: W): Scalar => inner(valueAndGradient(f, w, { order: 2 }).gradient, direction);
    return firstOrderError(along, weights, step);
  });
}
