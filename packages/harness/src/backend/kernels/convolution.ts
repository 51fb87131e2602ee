import { backend_util } from "@tensorflow/tfjs-core";
import type { NamedAttrMap } from "@tensorflow/tfjs-core";
import { floatsOnly } from "./floats-only.ts";
import { attribute, constantVector, nativeFormat, operation } from "./tensorflow-ops.ts";
import type { Attribute, NativeKernel, StockKernel } from "./tensorflow-ops.ts";

type Pair = [number, number] | number;
type Shape4D = [number, number, number, number];

interface ConvolutionAttributes {
  readonly strides: Pair;
  readonly pad: "valid" | "same" | number | backend_util.ExplicitPadding;
  readonly dataFormat: "NHWC" | "NCHW";
  readonly dilations?: Pair;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

/** TensorFlow's attributes for a convolution and both of its gradients. */
function attributesOf(input: readonly number[], filter: readonly number[], given: NamedAttrMap): Attribute[] {
  const {
    strides,
    pad,
    dataFormat,
    dilations = 1,
    dimRoundingMode,
  } = given as unknown as ConvolutionAttributes;
  const format = backend_util.convertConv2DDataFormat(dataFormat);
  const info = backend_util.computeConv2DInfo(
    input as Shape4D,
    filter as Shape4D,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    false,
    format,
  );
  const { top, bottom, left, right, type } = info.padInfo;
  const spatial = (height: number, width: number): number[] =>
    format === "channelsLast" ? [1, height, width, 1] : [1, 1, height, width];
  const margins =
    format === "channelsLast"
      ? [0, 0, top, bottom, left, right, 0, 0]
      : [0, 0, 0, 0, top, bottom, left, right];
  return [
    attribute.float32(),
    attribute.integers("strides", spatial(info.strideHeight, info.strideWidth)),
    // tfjs calls a numeric padding by another name when it happens to be none.
    attribute.text("padding", type === "NUMBER" ? "EXPLICIT" : type),
    attribute.text("data_format", dataFormat),
    attribute.flag("use_cudnn_on_gpu", true),
    attribute.integers("dilations", spatial(info.dilationHeight, info.dilationWidth)),
    ...(type === "EXPLICIT" || type === "NUMBER" ? [attribute.integers("explicit_paddings", margins)] : []),
    nativeFormat(),
  ];
}

const kernels: readonly NativeKernel[] = [
  {
    name: "Conv2D",
    run: ({ x, filter }, attributes) =>
      operation("_MklNativeConv2D", attributesOf(x.shape, filter.shape, attributes), [x, filter]),
  },
  {
    name: "Conv2DBackpropInput",
    run: ({ dy, filter }, attributes) => {
      const shape = attributes["inputShape"] as readonly number[];
      const sizes = constantVector(shape);
      return operation("_MklNativeConv2DBackpropInput", attributesOf(shape, filter.shape, attributes), [
        sizes,
        filter,
        dy,
      ]);
    },
  },
  {
    name: "Conv2DBackpropFilter",
    run: ({ x, dy }, attributes) => {
      const shape = attributes["filterShape"] as readonly number[];
      const sizes = constantVector(shape);
      return operation("_MklNativeConv2DBackpropFilter", attributesOf(x.shape, shape, attributes), [
        x,
        sizes,
        dy,
      ]);
    },
  },
];

/** The convolution and its two gradients, all by oneDNN. */
export function convolutionKernels(stock: (name: string) => StockKernel): readonly NativeKernel[] {
  return kernels.map((kernel) => floatsOnly(kernel, stock));
}

/**
 * The same three for several convolutions side by side: `x` [n, height, width, groups · inputs] and `filter` [size, size, inputs,
 * groups · outputs]. tfjs has no names for them, so these are the suite's own; oneDNN takes the number of groups from the shapes.
 */
export const groupedConvolutionKernels: readonly NativeKernel[] = kernels.map(({ name, run }) => ({
  name: `Grouped${name}`,
  run,
}));
