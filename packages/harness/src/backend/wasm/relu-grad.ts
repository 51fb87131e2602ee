import type { KernelConfig } from "@tensorflow/tfjs-core";
import { fill, kernel } from "./kernel.ts";

/**
 * The gradient of ReLU: the cotangent where `x` is positive, else 0. tfjs composes it on this backend; but gradients are registered for all
 * backends at once, so where native TensorFlow was started in the same process ReLU asks for this kernel here too.
 */
export const reluGrad: KernelConfig = kernel<"dy" | "x", unknown>("ReluGrad", ({ dy, x }, _, backend) =>
  fill(backend, x.shape, [dy, x], (dx, [cotangent = dx, input = dx]) => {
    for (let index = 0; index < dx.length; index++)
      if ((input[index] ?? 0) > 0) dx[index] = cotangent[index] ?? 0;
  }),
);
