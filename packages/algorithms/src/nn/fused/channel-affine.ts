import { add, fill, mul, neg, sub, sum } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor1D, Tensor4D } from "@tensorflow/tfjs-core";
import { engine } from "@tensorflow/tfjs-core";
import { hasKernel } from "../engine.ts";
import { registerFusedGradient, runFused } from "./fused-kernel.ts";

/*
 * Kernels that a backend may offer:
 *   ChannelAffine      {x, centre, scale, offset} → (x − centre) · scale + offset
 *   ChannelAffineGrad  {dy, x, centre, scale}     → [dy · scale, Σ dy (x − centre), Σ dy]
 * with x and dy [n, height, width, channels], the others [channels].
 */

/** `(x − centre) · scale + offset`, channel by channel; differentiable any number of times in everything. */
export function channelAffine(x: Tensor4D, centre: Tensor1D, scale: Tensor1D, offset: Tensor1D): Tensor4D {
  if (hasKernel("ChannelAffine"))
    return engine().runKernel<Tensor4D>("ChannelAffine", { x, centre, scale, offset });
  return add(mul(sub(x, centre), scale), offset);
}

/** Σ over images and positions, [channels]. */
export function channelSum(x: Tensor): Tensor1D {
  return sum<Tensor1D>(x, [0, 1, 2]);
}

function like(vector: Tensor, value: number): Tensor1D {
  return fill(vector.shape as [number], value);
}

/** Gradients of both kernels, each in terms of the other. */
export function registerChannelAffineGradients(): void {
  registerFusedGradient({
    kernelName: "ChannelAffine",
    inputsToSave: ["x", "centre", "scale"],
    gradient: ([dy], [x, centre, scale]) => {
      const inputs = { dy: dy as Tensor, x: x as Tensor, centre: centre as Tensor, scale: scale as Tensor };
      const [dx, dScale, dOffset] = runFused("ChannelAffineGrad", inputs) as [Tensor, Tensor, Tensor];
      return {
        x: () => dx,
        scale: () => dScale,
        offset: () => dOffset,
        centre: () => neg(mul(dOffset, scale as Tensor)),
      };
    },
  });
  registerFusedGradient({
    kernelName: "ChannelAffineGrad",
    inputsToSave: ["dy", "x", "centre", "scale"],
    gradient: ([c, g, b], saved) => {
      const [dy, x, centre, scale] = saved as [Tensor4D, Tensor4D, Tensor1D, Tensor1D];
      const zero = like(scale, 0);
      const gain = (g ?? zero) as Tensor1D;
      return {
        dy: () => {
          const parts: Tensor4D[] = [];
          if (c !== null) parts.push(channelAffine(c as Tensor4D, zero, scale, zero));
          if (g !== null || b !== null) parts.push(channelAffine(x, centre, gain, (b ?? zero) as Tensor1D));
          return parts.reduce((total, part) => add(total, part));
        },
        x: () => channelAffine(dy, zero, gain, zero),
        centre: () => (g === null ? like(scale, 0) : neg(mul(g, channelSum(dy)))),
        scale: () => (c === null ? like(scale, 0) : channelSum(mul(c, dy))),
      };
    },
  });
}
