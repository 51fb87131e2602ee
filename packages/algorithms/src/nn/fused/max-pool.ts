import { engine, fill } from "@tensorflow/tfjs-core";
import type { NamedAttrMap, Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { stopGradient } from "../engine.ts";
import { gatherMaxima } from "./gather-maxima.ts";
import type { PoolAttributes } from "./gather-maxima.ts";
import { registerFusedGradient, runFused } from "./fused-kernel.ts";

/*
 * Kernels that a backend may offer:
 *   MaxPoolWithWorkspace      {x; filterSize, strides, pad}                   → [y, workspace], the workspace being the backend's own affair
 *   MaxPoolWithWorkspaceGrad  {dy, x, y, workspace; filterSize, strides, pad} → dx
 */

/** Max pooling by the kernel that remembers where the maxima were. */
export function maxPoolWithWorkspace(x: Tensor4D, attributes: PoolAttributes): Tensor4D {
  const [y] = runFused("MaxPoolWithWorkspace", { x }, attributes) as [Tensor4D, Tensor];
  return y;
}

/** Gradients of both kernels; the second is linear in `dy` and constant in the rest wherever it is differentiable. */
export function registerMaxPoolGradients(): void {
  const gradient = (inputs: Record<string, Tensor>, attributes: NamedAttrMap): Tensor4D =>
    engine().runKernel<Tensor4D>("MaxPoolWithWorkspaceGrad", inputs, attributes);

  registerFusedGradient({
    kernelName: "MaxPoolWithWorkspace",
    inputsToSave: ["x"],
    outputsToSave: [true, true],
    gradient: ([dy], saved, attributes) => {
      const [x, y, workspace] = saved.map((tensor) => stopGradient(tensor)) as [Tensor, Tensor, Tensor];
      return {
        x: () =>
          dy === null ? fill(x.shape, 0) : gradient({ dy: dy as Tensor, x, y, workspace }, attributes),
      };
    },
  });
  registerFusedGradient({
    kernelName: "MaxPoolWithWorkspaceGrad",
    inputsToSave: ["dy", "x", "y", "workspace"],
    gradient: ([cotangent], saved, attributes) => {
      const [dy, x, y, workspace] = saved as [Tensor, Tensor, Tensor, Tensor];
      return {
        dy: () => {
          const maskOf = (value: number) =>
            gradient({ dy: fill(dy.shape, value), x, y, workspace }, attributes);
          return gatherMaxima(cotangent as Tensor4D, maskOf, attributes as unknown as PoolAttributes);
        },
      };
    },
  });
}
