import { util } from "@tensorflow/tfjs-core";
import type { KernelConfig, MeanAttrs, SumAttrs } from "@tensorflow/tfjs-core";
import { fill, kernel } from "./kernel.ts";

/**
 * `Sum` or `Mean` over all leading axes, as batch norm needs them: one pass over memory in its order instead of a transposition first, and
 * added up in float64. Other axes and types keep `original`.
 */
export function leadingReduction(original: KernelConfig): KernelConfig {
  return kernel<"x", SumAttrs | MeanAttrs>(original.kernelName, (inputs, attributes, backend) => {
    const { x } = inputs;
    const axes = util.parseAxisParam(attributes.axis, x.shape).sort((a, b) => a - b);
    const leading = axes.length < x.rank && axes.every((axis, index) => axis === index);
    if (x.dtype !== "float32" || !leading || x.size === 0)
      return original.kernelFunc({ inputs, attrs: { ...attributes }, backend });
    const kept = x.shape.slice(axes.length);
    const width = util.sizeFromShape(kept);
    const scale = original.kernelName === "Mean" ? width / x.size : 1;
    const shape = attributes.keepDims ? [...axes.map(() => 1), ...kept] : kept;
    return fill(backend, shape, [x], (output, [values = output]) => {
      const totals = new Float64Array(width);
      for (let start = 0; start < values.length; start += width) {
        for (let index = 0; index < width; index++)
          totals[index] = (totals[index] ?? 0) + (values[start + index] ?? 0);
      }
      for (let index = 0; index < width; index++) output[index] = (totals[index] ?? 0) * scale;
    });
  });
}
