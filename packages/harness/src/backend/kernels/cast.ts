import { backend } from "@tensorflow/tfjs-core";
import type { DataType, NamedAttrMap, TensorInfo } from "@tensorflow/tfjs-core";
import type { NativeKernel } from "./tensorflow-ops.ts";

/** A conversion to the type that a tensor has already shares its data instead of copying it. */
export function castKernel(
  stock: (inputs: { readonly x: TensorInfo }, attributes: NamedAttrMap) => TensorInfo | TensorInfo[],
): NativeKernel {
  return {
    name: "Cast",
    run: ({ x }, attributes) => {
      if (x.dtype !== (attributes["dtype"] as DataType)) return stock({ x }, attributes);
      backend().incRef(x.dataId);
      return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
    },
  };
}
