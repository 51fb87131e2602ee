import { leakyRelu as rectify } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";

/** `x` above 0 and `slope · x` below, number by number. Its derivative at 0 is the slope. Maas, Hannun, Ng 2013, section 2. */
export function leakyRelu<T extends Tensor>(x: T, slope: number): T {
  return rectify(x, slope);
}
