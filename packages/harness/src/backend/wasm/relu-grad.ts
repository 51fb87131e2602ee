import { mul, step, tidy } from "@tensorflow/tfjs-core";
import type { KernelConfig } from "@tensorflow/tfjs-core";
import { kernel } from "./kernel.ts";

/**
 * The gradient of ReLU: the cotangent where `x` is positive, else 0. tfjs composes the same on this backend; but gradients are registered
 * for all backends at once, so where native TensorFlow was started in the same process ReLU asks for this kernel here too.
 */
export const reluGrad: KernelConfig = kernel<"dy" | "x", unknown>("ReluGrad", ({ dy, x }) =>
  tidy(() => mul(dy, step(x))),
);
