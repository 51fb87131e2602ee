import { add, div, mul, neg, rsqrt, square, sub } from "@tensorflow/tfjs-core";
import { fill } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor1D, Tensor4D } from "@tensorflow/tfjs-core";
import { isRecording, stopGradient } from "../engine.ts";
import { channelAffine, channelSum } from "./channel-affine.ts";
import { registerFusedGradient, runFused } from "./fused-kernel.ts";

/*
 * Kernels that a backend may offer:
 *   FusedTrainingBatchNorm      {x, scale, offset; varianceEpsilon}             → [y, mean, variance], the batch's own, biased
 *   FusedTrainingBatchNormGrad  {dy, x, scale, mean, variance; varianceEpsilon} → [dx, dScale, dOffset], mean and variance being
 *                                                                                 the batch's own and differentiated through
 * with x, y, dy [n, height, width, channels], the others [channels].
 */

/** Output, mean and biased variance of a batch's normalisation, by the fused kernel; all three differentiable twice. */
export function trainingBatchNorm(
  x: Tensor4D,
  scale: Tensor1D,
  offset: Tensor1D,
  varianceEpsilon: number,
): [output: Tensor4D, mean: Tensor1D, variance: Tensor1D] {
  return runFused("FusedTrainingBatchNorm", { x, scale, offset }, { varianceEpsilon }) as [
    Tensor4D,
    Tensor1D,
    Tensor1D,
  ];
}

function countOf(x: Tensor4D): number {
  const [images, height, width] = x.shape;
  return images * height * width;
}

/** Gradients of both kernels. */
export function registerTrainingBatchNormGradients(): void {
  registerFusedGradient({
    kernelName: "FusedTrainingBatchNorm",
    inputsToSave: ["x", "scale"],
    outputsToSave: [false, true, true],
    gradient: ([dy, dMean, dVariance], saved, attributes) => {
      const [x, scale, mean, variance] = saved as [Tensor4D, Tensor1D, Tensor1D, Tensor1D];
      const zero: Tensor1D = fill(scale.shape, 0);
      // The statistics are functions of x; the kernel's gradient accounts for that, so to the tape they are constants here.
      const [dx, dScale, dOffset] =
        dy === null
          ? [null, zero, zero]
          : (runFused(
              "FusedTrainingBatchNormGrad",
              { dy, x, scale, mean: stopGradient(mean), variance: stopGradient(variance) },
              attributes,
            ) as [Tensor4D, Tensor1D, Tensor1D]);
      return {
        x: () => {
          if (dMean === null && dVariance === null) return dx ?? channelAffine(x, zero, zero, zero);
          // ∂mean/∂x = 1/n and ∂variance/∂x = 2 (x − mean)/n.
          const count = countOf(x);
          const slope = dVariance === null ? zero : mul<Tensor1D>(dVariance, 2 / count);
          const shift = dMean === null ? zero : div<Tensor1D>(dMean, count);
          const through = channelAffine(x, mean, slope, shift);
          return dx === null ? through : add(dx, through);
        },
        scale: () => dScale,
        offset: () => dOffset,
      };
    },
  });

  /*
   * With x̂ = (x − μ) r, r = (σ² + ε)^−½ and P(v) = r (v − mean v − x̂ mean(v x̂)), the kernel computes dx = γ P(dy), dγ = Σ dy x̂, dβ = Σ dy.
   * P is self-adjoint. For cotangents c, g, b of these three:
   *   to dy   γ P(c) + g x̂ + b
   *   to γ    Σ c P(dy)
   *   to x    (g − γ r Σ c x̂ / n) P(dy) − r (Σ dy x̂ / n) γ P(c) − γ r² (Σ c P(dy) / n) (x − μ)
   * P(dy) comes with scale 1, so nothing divides by γ, which may be zero.
   */
  registerFusedGradient({
    kernelName: "FusedTrainingBatchNormGrad",
    inputsToSave: ["dy", "x", "scale", "mean", "variance"],
    gradient: ([c, g, b], saved, attributes) => {
      if (isRecording()) {
        throw new RangeError(
          "Batch normalisation has no third derivative; take the gradients inside at order 1, or compose it yourself.",
        );
      }
      const [dy, x, scale, mean, variance] = saved as [Tensor4D, Tensor4D, Tensor1D, Tensor1D, Tensor1D];
      const count = countOf(x);
      const zero: Tensor1D = fill(scale.shape, 0);
      const one: Tensor1D = fill(scale.shape, 1);
      const r = rsqrt(add(variance, attributes["varianceEpsilon"] as number));
      const project = (v: Tensor, factor: Tensor1D): [Tensor4D, Tensor1D] =>
        runFused(
          "FusedTrainingBatchNormGrad",
          { dy: v, x, scale: factor, mean, variance },
          attributes,
        ) as never;
      const [projected, dyTimesX] = project(dy, one);
      const [scaled, cTimesX] = c === null ? [null, zero] : project(c, scale);
      const dScale = c === null ? zero : channelSum(mul(c, projected));
      const plus = (parts: readonly (Tensor | null)[]): Tensor =>
        parts.filter((part) => part !== null).reduce((total, part) => add(total, part));
      return {
        dy: () =>
          plus([
            scaled,
            g === null && b === null
              ? null
              : channelAffine(x, mean, g === null ? zero : mul(g, r), (b ?? zero) as Tensor1D),
          ]),
        scale: () => dScale,
        x: () => {
          const gain = sub<Tensor1D>(g ?? zero, div(mul(mul(scale, r), cTimesX), count));
          const curve = neg<Tensor1D>(div(mul(mul(scale, square(r)), dScale), count));
          return plus([
            channelAffine(projected, zero, gain, zero),
            scaled === null ? null : channelAffine(scaled, zero, neg(div(mul(r, dyTimesX), count)), zero),
            scaled === null ? null : channelAffine(x, mean, curve, zero),
          ]);
        },
      };
    },
  });
}
