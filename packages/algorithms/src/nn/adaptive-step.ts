import { add, div, mul, scalar, sqrt, square, sub, type Scalar, type Tensor1D } from "@tensorflow/tfjs-core";
import { valueAndGradient } from "./gradient.ts";
import { flatten, unflatten } from "./optimisers/flat.ts";
import type { Weights } from "./tree.ts";

/** What {@link adaptiveStep} carries from step to step. The loss is that before the last step, NaN before the first. */
export type AdaptiveState<W extends Weights> = {
  /** The weights as a tree. */
  readonly weights: W;
  /** The weights as one vector. */
  readonly flat: Tensor1D;
  /** The running mean of the squares of their gradients, as one vector. */
  readonly second: Tensor1D;
  /** The loss before the last step. */
  readonly loss: Scalar;
};

/** The state before the first step. `second` holds the mean squares of earlier gradients; zeros if there were none. */
export const adaptiveStart = <W extends Weights>(weights: W, second: W): AdaptiveState<W> => ({
  weights,
  flat: flatten(weights),
  second: flatten(second),
  loss: scalar(NaN),
});

const [beta2, epsilon] = [0.999, 1e-8];

/**
 * One step of Adam without momentum (β₁ = 0, β₂ = 0.999, ε = 1e-8), as a function of the state. `made` is the number of steps before this one. Kingma, Ba
 * 2015, algorithm 1. https://arxiv.org/abs/1412.6980
 */
export function adaptiveStep<W extends Weights>(
  { weights, flat, second }: AdaptiveState<W>,
  loss: (weights: W) => Scalar,
  rate: number,
  made: number,
): AdaptiveState<W> {
  const { value, gradient: tree } = valueAndGradient(loss, weights);
  const gradient = flatten(tree);
  const squares: Tensor1D = add(mul(second, beta2), mul(square(gradient), 1 - beta2));
  const correction = 1 / (1 - beta2 ** (made + 1));
  const step = div(mul(gradient, rate), add(sqrt(mul(squares, correction)), epsilon));
  const moved: Tensor1D = sub(flat, step);
  return { weights: unflatten(weights, moved), flat: moved, second: squares, loss: value };
}
