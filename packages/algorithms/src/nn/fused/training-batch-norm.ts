import { add, addN, div, mul, neg, rsqrt, scalar, sub } from "@tensorflow/tfjs-core";
import { fill } from "@tensorflow/tfjs-core";
import type { Tensor1D, Tensor4D } from "@tensorflow/tfjs-core";
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
      const zero = (): Tensor1D => fill(scale.shape as [number], 0);
      // The statistics are functions of x; the kernel's gradient accounts for that, so to the tape they are constants here.
      const [dx, dScale, dOffset] =
        dy === null
          ? [null, zero(), zero()]
          : (runFused(
              "FusedTrainingBatchNormGrad",
              { dy, x, scale, mean: stopGradient(mean), variance: stopGradient(variance) },
              attributes,
            ) as [Tensor4D, Tensor1D, Tensor1D]);
      return {
        x: () => {
          if (dMean === null && dVariance === null) return dx ?? fill(x.shape, 0);
          // ∂mean/∂x = 1/n and ∂variance/∂x = 2 (x − mean)/n.
          const count = countOf(x);
          const slope = dVariance === null ? zero() : mul<Tensor1D>(dVariance, 2 / count);
          const shift = dMean === null ? zero() : div<Tensor1D>(dMean, count);
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
   *   to γ    q = Σ c P(dy) = r (Σ c dy − Σ c dβ/n − Σ c x̂ dγ/n)
   *   to x    k P(dy) − r (dγ/n) γ P(c) − γ r² (q/n) (x − μ)   with k = g − γ r Σ c x̂ / n
   * Written out, the last is a sum of dy, γ P(c) and x − μ, each with a factor a channel: P(dy) is never made, and nothing divides by γ,
   * which may be zero.
   */
  registerFusedGradient({
    kernelName: "FusedTrainingBatchNormGrad",
    inputsToSave: ["dy", "x", "scale", "mean", "variance"],
    outputsToSave: [false, true, true],
    gradient: ([c, g, b], saved, attributes) => {
      if (isRecording()) {
        throw new RangeError(
          "Batch normalisation has no third derivative; take the gradients inside at order 1, or compose it yourself.",
        );
      }
      const [dy, x, scale, mean, variance, dScale, dOffset] = saved as [
        Tensor4D,
        Tensor4D,
        Tensor1D,
        Tensor1D,
        Tensor1D,
        Tensor1D,
        Tensor1D,
      ];
      const share = scalar(1 / countOf(x));
      const r = rsqrt(add(variance, attributes["varianceEpsilon"] as number));
      const meanDyX = mul<Tensor1D>(dScale, share);
      const meanDy = mul<Tensor1D>(dOffset, share);
      const zero = (): Tensor1D => fill(scale.shape, 0);
      const through =
        c === null
          ? null
          : (runFused("FusedTrainingBatchNormGrad", { dy: c, x, scale, mean, variance }, attributes) as [
              Tensor4D,
              Tensor1D,
              Tensor1D,
            ]);
      const [projected, sumCX, sumC] = through ?? [null, zero(), zero()];
      const q =
        c === null
          ? zero()
          : mul(r, sub(channelSum(mul(c, dy)), add(mul(sumC, meanDy), mul(sumCX, meanDyX))));
      return {
        dy: () => {
          const direct =
            g === null && b === null
              ? []
              : [channelAffine(x, mean, g === null ? zero() : mul(g, r), (b ?? zero()) as Tensor1D)];
          return addN([...(projected ? [projected] : []), ...direct]);
        },
        scale: () => q,
        x: () => {
          const spread = mul(mul(scale, r), share);
          const ofDy = mul<Tensor1D>(sub(g ?? zero(), mul(spread, sumCX)), r);
          const minusR = neg(r);
          const curve = mul<Tensor1D>(minusR, add(mul(ofDy, meanDyX), mul(spread, q)));
          // dy's mean is taken away in the offset of x's map: it is small beside dy, where the mean of x need not be.
          return addN([
            mul<Tensor4D>(dy, ofDy),
            channelAffine(x, mean, curve, neg(mul<Tensor1D>(ofDy, meanDy))),
            ...(projected ? [mul<Tensor4D>(projected, mul(minusR, meanDyX))] : []),
          ]);
        },
      };
    },
  });
}
