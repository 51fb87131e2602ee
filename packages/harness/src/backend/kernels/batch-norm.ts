import { attribute, constantFloats, nativeFormat, operationOutputs } from "./tensorflow-ops.ts";
import type { Attribute, NativeKernel } from "./tensorflow-ops.ts";

function attributesOf(epsilon: number, training: boolean): Attribute[] {
  return [
    attribute.float32(),
    attribute.float32("U"),
    attribute.number("epsilon", epsilon),
    attribute.text("data_format", "NHWC"),
    attribute.flag("is_training", training),
    nativeFormat(),
  ];
}

/*
 * Batch normalisation in one operation each way. All tensors [n, height, width, channels], all others [channels].
 *
 * FusedTrainingBatchNorm      {x, scale, offset; varianceEpsilon}               → [y, mean, variance], the batch's own, biased
 * FusedTrainingBatchNormGrad  {dy, x, scale, mean, variance; varianceEpsilon}   → [dx, dScale, dOffset], mean and variance being
 *                                                                                 the batch's own and differentiated through
 * ChannelAffine               {x, centre, scale, offset}                        → (x − centre) · scale + offset
 * ChannelAffineGrad           {dy, x, centre, scale}                            → [dy · scale, Σ dy (x − centre), Σ dy]
 *
 * The names are the suite's own; whoever finds them registered may use them. Their gradients belong to whoever does.
 */
export const batchNormKernels: readonly NativeKernel[] = [
  {
    name: "FusedTrainingBatchNorm",
    run: ({ x, scale, offset }, { varianceEpsilon }) => {
      const none = constantFloats(0, 0);
      // Outputs 1 and 2 are for running averages, with Bessel's correction; 3 and 4 are the plain ones that the gradient wants.
      return operationOutputs(
        "_MklNativeFusedBatchNormV3",
        attributesOf(varianceEpsilon as number, true),
        [x, scale, offset, none, none],
        { of: 6, keep: [0, 3, 4] },
      );
    },
  },
  {
    name: "FusedTrainingBatchNormGrad",
    run: ({ dy, x, scale, mean, variance }, { varianceEpsilon }) =>
      operationOutputs(
        "_MklNativeFusedBatchNormGradV3",
        attributesOf(varianceEpsilon as number, true),
        [dy, x, scale, mean, variance, constantFloats(0, 0)],
        { of: 5, keep: [0, 1, 2] },
      ),
  },
  // A mean that is given and a variance of one: what is left of normalisation is a shift and a scaling.
  {
    name: "ChannelAffine",
    run: ({ x, centre, scale, offset }) =>
      operationOutputs(
        "_MklNativeFusedBatchNormV3",
        attributesOf(0, false),
        [x, scale, offset, centre, constantFloats(1, scale.shape[0] ?? 0)],
        {
          of: 6,
          keep: [0],
        },
      )[0] ?? [],
  },
  {
    name: "ChannelAffineGrad",
    run: ({ dy, x, centre, scale }) =>
      operationOutputs(
        "_MklNativeFusedBatchNormGradV3",
        attributesOf(0, false),
        [dy, x, scale, centre, constantFloats(1, scale.shape[0] ?? 0), constantFloats(0, 0)],
        { of: 5, keep: [0, 1, 2] },
      ),
  },
];
