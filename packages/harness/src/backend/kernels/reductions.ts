import { Mean, Sum, fill, mul, registerGradient, reshape, util } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { attribute, constantVector, operation } from "./tensorflow-ops.ts";
import type { NativeKernel, StockKernel } from "./tensorflow-ops.ts";

/** Below this number of channels TensorFlow's plain sum is as fast. */
const manyChannels = 8;

function reduce(name: "Sum" | "Mean", stock: StockKernel): NativeKernel {
  return {
    name,
    run: ({ x }, attributes) => {
      if (x.dtype !== "float32") return stock({ x }, attributes);
      const { axis, keepDims } = attributes as {
        readonly axis: number | number[];
        readonly keepDims?: boolean;
      };
      const axes = util.parseAxisParam(axis, x.shape);
      const rank = x.shape.length;
      const channels = x.shape[rank - 1] ?? 0;
      const overAllButChannels =
        rank > 1 && axes.length === rank - 1 && axes.every((entry, index) => entry === index);
      if (name === "Sum" && keepDims !== true && overAllButChannels && channels >= manyChannels) {
        return operation("BiasAddGrad", [attribute.float32(), attribute.text("data_format", "NHWC")], [x]);
      }
      return operation(
        name,
        [attribute.flag("keep_dims", keepDims === true), attribute.float32(), attribute.int32("Tidx")],
        [x, constantVector(axes)],
      );
    },
  };
}

/**
 * Sums and means of floats without tfjs' conversion to float32 and its fresh vector of axes at every call; a sum over all but
 * the channels by `BiasAddGrad`, which is several times as fast.
 */
export function reductionKernels(stock: (name: string) => StockKernel): readonly NativeKernel[] {
  return [reduce("Sum", stock("Sum")), reduce("Mean", stock("Mean"))];
}

/** Their gradients spread the cotangent by a product with ones, which tfjs makes in JavaScript and copies over; here TensorFlow fills them. */
export function registerReductionGradients(): void {
  for (const kernelName of [Sum, Mean]) {
    registerGradient({
      kernelName,
      inputsToSave: ["x"],
      gradFunc: (dy, saved, attributes) => {
        const [x] = saved as [Tensor];
        const axes = util.parseAxisParam(attributes["axis"] as number[], x.shape);
        const kept = x.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
        const share =
          kernelName === Sum ? 1 : 1 / axes.reduce((size, axis) => size * (x.shape[axis] ?? 1), 1);
        return { x: () => mul(reshape(dy as Tensor, kept), fill(x.shape, share)) };
      },
    });
  }
}
