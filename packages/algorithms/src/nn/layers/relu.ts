import { relu as rectify } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";

/** The larger of `x` and 0, number by number. Its derivative at 0 is 0. */
export function relu<T extends Tensor>(x: T): T {
  return rectify(x);
}
