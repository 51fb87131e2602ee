import type { TensorInfo } from "@tensorflow/tfjs-core";
import { attribute, constantFloats, nativeFormat, operationOutputs } from "./tensorflow-ops.ts";
import type { Attribute, NativeKernel } from "./tensorflow-ops.ts";

/**
 * Numbers in a tensor from which on oneDNN's kernel is the faster one, beside TensorFlow's own. Below, its threads take longer to wake than
 * the work takes (0.30 ms against 0.10 for [5, 3, 3, 256], measured with AVX2). With statistics that are given it never is.
 */
const worthSharing = { batchNorm: 2 ** 19, gradient: 2 ** 15 };

/** One of the two kernels of an operation, and the attribute that oneDNN's wants beside the others. */
function kernelOf(operation: string, x: TensorInfo, from: number): { name: string; format: Attribute[] } {
  const oneDnn = x.shape.reduce((product, extent) => product * extent, 1) >= from;
  return oneDnn
    ? { name: `_MklNative${operation}`, format: [nativeFormat()] }
    : { name: operation, format: [] };
}

function attributesOf(epsilon: number, training: boolean): Attribute[] {
  return [
    attribute.float32(),
    attribute.float32("U"),
    attribute.number("epsilon", epsilon),
    attribute.text("data_format", "NHWC"),
    attribute.flag("is_training", training),
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
      const { name, format } = kernelOf("FusedBatchNormV3", x, worthSharing.batchNorm);
      // Outputs 1 and 2 are for running averages, with Bessel's correction; 3 and 4 are the plain ones that the gradient wants.
      return operationOutputs(
        name,
        [...attributesOf(varianceEpsilon as number, true), ...format],
        [x, scale, offset, none, none],
        { of: 6, keep: [0, 3, 4] },
      );
    },
  },
  {
    name: "FusedTrainingBatchNormGrad",
    run: ({ dy, x, scale, mean, variance }, { varianceEpsilon }) => {
      const { name, format } = kernelOf("FusedBatchNormGradV3", x, worthSharing.gradient);
      return operationOutputs(
        name,
        [...attributesOf(varianceEpsilon as number, true), ...format],
        [dy, x, scale, mean, variance, constantFloats(0, 0)],
        { of: 5, keep: [0, 1, 2] },
      );
    },
  },
  // A mean that is given and a variance of one: what is left of normalisation is a shift and a scaling.
  {
    name: "ChannelAffine",
    run: ({ x, centre, scale, offset }) =>
      operationOutputs(
        "FusedBatchNormV3",
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
        [...attributesOf(0, false), nativeFormat()],
        [dy, x, scale, centre, constantFloats(1, scale.shape[0] ?? 0), constantFloats(0, 0)],
        { of: 5, keep: [0, 1, 2] },
      ),
  },
];
