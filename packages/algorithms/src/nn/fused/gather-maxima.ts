import { avgPool, backend_util, mul, pad as padTensor } from "@tensorflow/tfjs-core";
import type { Tensor4D } from "@tensorflow/tfjs-core";

/** What tfjs' pooling kernels take. */
export interface PoolAttributes {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: "valid" | "same" | number;
}

/**
 * From a tensor over a pool's input, the entry at each window's maximum: the adjoint of max pooling's gradient.
 *
 * The mean over a window of what the mask leaves is the entry itself if the mask holds the window's size, so nothing is scaled after.
 *
 * @param maskOf max pooling's gradient when every output's is the given number: that number where a window has its maximum, 0 elsewhere
 * @throws RangeError if windows overlap (an entry may then be the maximum of two windows, which a mask cannot say).
 */
export function gatherMaxima(
  x: Tensor4D,
  maskOf: (value: number) => Tensor4D,
  { filterSize, strides, pad }: PoolAttributes,
): Tensor4D {
  const info = backend_util.computePool2DInfo(x.shape, filterSize, strides, 1, pad);
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
  if (strideHeight < filterHeight || strideWidth < filterWidth) {
    throw new RangeError(
      `The second derivative of max pooling is known for windows that do not overlap, not for ${String(filterHeight)}×${String(filterWidth)} ` +
        `windows every ${String(strideHeight)}×${String(strideWidth)}; use nn.maxPool with strides of the window's size, or first order.`,
    );
  }
  const chosen = mul<Tensor4D>(x, maskOf(filterHeight * filterWidth));
  const { top, bottom, left, right } = padInfo;
  const padded: Tensor4D =
    top + bottom + left + right === 0
      ? chosen
      : padTensor<Tensor4D>(chosen, [
          [0, 0],
          [top, bottom],
          [left, right],
          [0, 0],
        ]);
  const size: [number, number] = [filterHeight, filterWidth];
  return avgPool(padded, size, [strideHeight, strideWidth], "valid");
}
