import { relu as rectify } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";

/** max(x, 0); its derivative at 0 is 0. */
export function relu<T extends Tensor>(x: T): T {
  return rectify(x);
}
