import { add, mul, rsqrt, square, sum } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";

/** Keeps the derivative of a vector near zero finite; shortens one of length 1 by 5e-9. */
const epsilon = 1e-8;

/** Each vector along the last axis, scaled to length 1: `x / √(‖x‖² + 1e-8)`, so that inner products are cosines; a zero stays zero. */
export function unitLength<T extends Tensor>(x: T): T {
  return mul<T>(x, rsqrt(add(sum(square(x), -1, true), epsilon)));
}
