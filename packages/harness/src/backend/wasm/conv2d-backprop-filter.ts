import { backend_util, conv2d, pad, slice, tidy, transpose } from "@tensorflow/tfjs-core";
import type { Conv2DBackpropFilterAttrs, KernelConfig, Tensor4D } from "@tensorflow/tfjs-core";
import { kernel } from "./kernel.ts";

/**
 * The gradient of a convolution with respect to its filter, which tfjs' WebAssembly backend lacks.
 *
 * With images and channels exchanged it is a convolution itself: the input `[n, height, width, in]` becomes a batch of `in` images with `n`
 * channels, the cotangent `[n, height′, width′, out]` the filter, the strides its dilation, and the result has the filter's height and width.
 */
export const conv2DBackpropFilter: KernelConfig = kernel<"x" | "dy", Conv2DBackpropFilterAttrs>(
  "Conv2DBackpropFilter",
  ({ x, dy }, { strides, pad: padding, dimRoundingMode, filterShape }) =>
    tidy(() => {
      const input = x as Tensor4D;
      const info = backend_util.computeConv2DInfo(
        input.shape,
        filterShape,
        strides,
        1,
        padding,
        dimRoundingMode,
      );
      const touched = (
        from: number,
        out: number,
        stride: number,
        size: number,
      ): readonly [number, number, number] => {
        const length = (out - 1) * stride + size;
        return [from, Math.max(0, length - from), length];
      };
      const [top, below, height] = touched(
        info.padInfo.top,
        info.outHeight,
        info.strideHeight,
        info.filterHeight,
      );
      const [left, right, width] = touched(
        info.padInfo.left,
        info.outWidth,
        info.strideWidth,
        info.filterWidth,
      );
      const framed = pad(input, [
        [0, 0],
        [top, Math.max(0, below - info.inHeight)],
        [left, Math.max(0, right - info.inWidth)],
        [0, 0],
      ]);
      // Strides may leave a last row or column that no filter position reaches.
      const reached = slice(framed, [0, 0, 0, 0], [info.batchSize, height, width, info.inChannels]);
      const images = transpose(reached, [3, 1, 2, 0]);
      const filter = transpose(dy as Tensor4D, [1, 2, 0, 3]);
      const gradient = conv2d(images, filter, 1, "valid", "NHWC", [info.strideHeight, info.strideWidth]);
      return transpose(gradient, [1, 2, 0, 3]);
    }),
);
