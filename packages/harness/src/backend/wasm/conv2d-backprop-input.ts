import { conv2d, reverse, tidy, transpose, backend_util, pad as padded } from "@tensorflow/tfjs-core";
import type { Conv2DBackpropInputAttrs, KernelConfig, Tensor4D } from "@tensorflow/tfjs-core";
import { kernel } from "./kernel.ts";

/**
 * The gradient of a convolution with respect to its input, for stride 1, as a convolution with the filter turned by 180° and its channels
 * exchanged: up to nine times as fast as the backend's own, which `original` is and which other strides keep.
 */
export function conv2DBackpropInput(original: KernelConfig): KernelConfig {
  return kernel<"dy" | "filter", Conv2DBackpropInputAttrs>(
    "Conv2DBackpropInput",
    (inputs, attributes, backend) => {
      const { strides, pad, dimRoundingMode, inputShape } = attributes;
      const filter = inputs.filter as Tensor4D;
      const info = backend_util.computeConv2DInfo(inputShape, filter.shape, strides, 1, pad, dimRoundingMode);
      const { padInfo, filterHeight, filterWidth } = info;
      const frame = [
        filterHeight - 1 - padInfo.top,
        filterHeight - 1 - padInfo.bottom,
        filterWidth - 1 - padInfo.left,
        filterWidth - 1 - padInfo.right,
      ];
      const [top = 0, bottom = 0, left = 0, right = 0] = frame;
      if (info.strideHeight !== 1 || info.strideWidth !== 1 || frame.some((width) => width < 0)) {
        return original.kernelFunc({ inputs, attrs: { ...attributes }, backend });
      }
      return tidy(() => {
        const turned = transpose(reverse(filter, [0, 1]), [0, 1, 3, 2]);
        const framed = padded(inputs.dy as Tensor4D, [
          [0, 0],
          [top, bottom],
          [left, right],
          [0, 0],
        ]);
        return conv2d(framed, turned, 1, "valid");
      });
    },
  );
}
