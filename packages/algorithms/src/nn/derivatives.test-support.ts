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

/** Coordinates of a leaf that are looked at one by one. */
const coordinates = 8;

function slope<W extends Weights>(f: (weights: W) => Scalar, weights: W, along: W, step: number): number {
  return tidy(() => {
    const ahead = number(f(zip(weights, along, (w, d) => add(w, mul(d, step)))));
    const behind = number(f(zip(weights, along, (w, d) => sub(w, mul(d, step)))));
    return (ahead - behind) / (2 * step);
  });
}

/**
 * The largest difference between a gradient and central differences of `f` in float32, relative to the gradient's length along the
 * gradient's own direction, and to its largest entry along single coordinates of every leaf. (Along its own direction alone, a part that
 * is missing and orthogonal to the rest would not be seen.)
 */
export function firstOrderError<W extends Weights>(
  f: (weights: W) => Scalar,
  weights: W,
  step: number,
): number {
  return tidy(() => {
    const g = gradient(f, weights);
    const length = number(sqrt(inner(g, g)));
    const unit = map(g, (leaf) => mul(leaf, 1 / length));
    let worst = Math.abs(slope(f, weights, unit, step) - length) / length;
    const entries = new Map([...leaves(g)].map(([path, leaf]) => [path, leaf.dataSync<"float32">()]));
    const largest = Math.max(
      ...[...entries.values()].flatMap((values) => [...values].map((value) => Math.abs(value))),
    );
    for (const [path, values] of entries) {
      const stride = Math.max(1, Math.floor(values.length / coordinates));
      for (let place = 0; place < values.length; place += stride) {
        const along = map(weights, (leaf, at) => {
          const direction = new Float32Array(leaf.size);
          if (at === path) direction[place] = 1;
          return tensor(direction, leaf.shape);
        });
        worst = Math.max(worst, Math.abs(slope(f, weights, along, step) - (values[place] ?? NaN)) / largest);
      }
    }
    return worst;
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
