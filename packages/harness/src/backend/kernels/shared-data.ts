import { backend } from "@tensorflow/tfjs-core";
import type { DataType, TensorInfo } from "@tensorflow/tfjs-core";
import { attribute, constantVector, operation } from "./tensorflow-ops.ts";
import type { NativeKernel, StockKernel } from "./tensorflow-ops.ts";

/** The same values under another name; tfjs counts who refers to them. */
export function share({ dataId, shape, dtype }: TensorInfo): TensorInfo {
  backend().incRef(dataId);
  return { dataId, shape, dtype };
}

/**
 * Conversions to the type and reshapings to the shape that a tensor has already, which tfjs' gradients are full of, share its data instead
 * of running an operation.
 */
export function sharingKernels(stock: (name: string) => StockKernel): readonly NativeKernel[] {
  const cast = stock("Cast");
  const reshape = stock("Reshape");
  return [
    {
      name: "Cast",
      run: ({ x }, attributes) =>
        x.dtype === (attributes["dtype"] as DataType) ? share(x) : cast({ x }, attributes),
    },
    {
      name: "Reshape",
      run: ({ x }, attributes) => {
        const shape = attributes["shape"] as readonly number[];
        if (shape.length === x.shape.length && shape.every((extent, axis) => extent === x.shape[axis]))
          return share(x);
        if (x.dtype !== "float32") return reshape({ x }, attributes);
        return operation(
          "Reshape",
          [attribute.float32(), attribute.int32("Tshape")],
          [x, constantVector(shape)],
        );
      },
    },
  ];
}
