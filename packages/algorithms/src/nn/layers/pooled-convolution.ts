import { add } from "@tensorflow/tfjs-core";
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { convolution } from "./convolution.ts";
import type { ConvolutionOptions, ConvolutionWeights } from "./convolution.ts";
import { maxPool } from "./max-pool.ts";
import { relu } from "./relu.ts";

/** Convolution with bias, ReLU and 2×2 max pooling. Its weights are those of {@link convolution}. */
export const pooledConvolution = {
  initialise: convolution.initialise,

  /**
   * `maxPool(relu(convolution(x) + bias))` for 2×2 windows: [n, h, w, inputs] → [n, ⌊h′/2⌋, ⌊w′/2⌋, outputs].
   *
   * A maximum commutes with adding a constant and with ReLU, rounding included, so both come after it, on a quarter of the values.
   */
  apply({ kernel, bias }: ConvolutionWeights, x: Tensor4D, options: ConvolutionOptions = {}): Tensor4D {
    return relu(add(maxPool(convolution.applyKernel(kernel, x, options)), bias));
  },
};
