import { add, div, mul, scalar, sqrt, square, sub, type Scalar } from "@tensorflow/tfjs-core";
import { valueAndGradient } from "./gradient.ts";
import { zip, type Weights } from "./tree.ts";

/** Weights on their way, the running mean of their gradients' squares, and the loss before the last step (NaN before the first). */
export type AdaptiveState<W extends Weights> = {
  readonly weights: W;
  readonly second: W;
  readonly loss: Scalar;
};

/** Weights before their first step from here; `second` is zero where no step was ever made. */
export const adaptiveStart = <W extends Weights>(weights: W, second: W): AdaptiveState<W> => ({
  weights,
  second,
  loss: scalar(NaN),
});

const [beta2, epsilon] = [0.999, 1e-8];

/**
 * One step of Adam without momentum (β₁ = 0, β₂ = 0.999, ε = 1e-8), as a function of the state; `made` steps were made before. Kingma, Ba
 * 2015, algorithm 1. https://arxiv.org/abs/1412.6980
 */
export function adaptiveStep<W extends Weights>(
  { weights, second }: AdaptiveState<W>,
  loss: (weights: W) => Scalar,
  rate: number,
  made: number,
): AdaptiveState<W> {
  const { value, gradient } = valueAndGradient(loss, weights);
  const squares = zip(second, gradient, (mean, g) => add(mul(mean, beta2), mul(square(g), 1 - beta2)));
  const correction = 1 / (1 - beta2 ** (made + 1));
  const steps = zip(gradient, squares, (g, mean) =>
    div(mul(g, rate), add(sqrt(mul(mean, correction)), epsilon)),
  );
  return { weights: zip(weights, steps, (weight, step) => sub(weight, step)), second: squares, loss: value };
}
