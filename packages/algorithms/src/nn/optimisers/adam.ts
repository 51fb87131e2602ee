import { add, div, mul, sqrt, square, sub, variable, zeros } from "@tensorflow/tfjs-core";
import type { Tensor1D } from "@tensorflow/tfjs-core";
import type { Weights } from "../tree.ts";
import { assignFlat, flatSize, flatten } from "./flat.ts";
import { optimiserOf } from "./optimiser.ts";
import type { Optimiser, RateOptions } from "./optimiser.ts";

/** Options of {@link adam}; the defaults are the paper's. */
export interface AdamOptions extends RateOptions {
  /** How much of the mean of gradients is kept per step. Default 0.9. */
  readonly beta1?: number;
  /** How much of the mean of squared gradients is kept per step. Default 0.999. */
  readonly beta2?: number;
  /** Added to the denominator. Default 1e-8. */
  readonly epsilon?: number;
}

/** `base` to a whole power by multiplication alone, so that every engine gets the same bits. */
function power(base: number, exponent: number): number {
  let result = 1;
  for (let left = exponent, square = base; left > 0; left = Math.floor(left / 2), square *= square) {
    if (left % 2 === 1) result *= square;
  }
  return result;
}

/** The optimiser Adam, on a tree of variables. Kingma, Ba 2015, algorithm 1. https://arxiv.org/abs/1412.6980 */
export function adam<W extends Weights>(weights: W, options: AdamOptions): Optimiser<W> {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  const size = flatSize(weights);
  const first = variable(zeros([size]) as Tensor1D, false);
  const second = variable(zeros([size]) as Tensor1D, false);

  return optimiserOf<W>(weights, options, { first, second }, (gradient, made, rate) => {
    first.assign(add(mul(first, beta1), mul(gradient, 1 - beta1)));
    second.assign(add(mul(second, beta2), mul(square(gradient), 1 - beta2)));
    const rootOfCorrection = Math.sqrt(1 - power(beta2, made + 1));
    const length = rate / (1 - power(beta1, made + 1));
    // rate · m̂ / (√v̂ + ε) with both corrections drawn into the scalars.
    const denominator = add(mul(sqrt(second), 1 / rootOfCorrection), epsilon);
    assignFlat(weights, sub(flatten(weights), div(mul(first, length), denominator)));
  });
}
