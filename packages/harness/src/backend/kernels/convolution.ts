import { backend_util, pad, stridedSlice, tidy, zeros } from "@tensorflow/tfjs-core";
import type { NamedAttrMap, Tensor, TensorInfo } from "@tensorflow/tfjs-core";
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

function convolutionInfo(
  input: readonly number[],
  filter: readonly number[],
  { strides, pad, dataFormat, dilations = 1, dimRoundingMode }: ConvolutionAttributes,
): backend_util.Conv2DInfo {
  return backend_util.computeConv2DInfo(
    input as Shape4D,
    filter as Shape4D,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    false,
    backend_util.convertConv2DDataFormat(dataFormat),
  );
}

/** TensorFlow's attributes for a convolution and both of its gradients. */
function attributesOf(input: readonly number[], filter: readonly number[], given: NamedAttrMap): Attribute[] {
  const asked = given as unknown as ConvolutionAttributes;
  const { dataFormat } = asked;
  const format = backend_util.convertConv2DDataFormat(dataFormat);
  const info = convolutionInfo(input, filter, asked);
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

/**
 * The pixels of `x` [n, height, width, channels] that a filter of one pixel sees in larger strides: every stride-th one, which lie together
 * afterwards, and the attributes of the convolution that is left; null for other filters and strides of one.
 *
 * oneDNN's gradient of such filters is wrong on processors with AVX2 and no AVX-512 (TensorFlow 2.20, seen on an AMD EPYC): part of it is
 * whatever lay in memory, and memory that is not its own is written to. With strides of one it is right.
 */
function seenByOnePixel(
  x: TensorInfo,
  filterShape: readonly number[],
  given: NamedAttrMap,
): { readonly x: Tensor; readonly attributes: NamedAttrMap } | null {
  if (filterShape[0] !== 1 || filterShape[1] !== 1) return null;
  const { strideHeight, strideWidth, padInfo, dataFormat } = convolutionInfo(
    x.shape,
    filterShape,
    given as unknown as ConvolutionAttributes,
  );
  const { top, bottom, left, right } = padInfo;
  if (strideHeight === 1 && strideWidth === 1) return null;
  const spatial = (first: number, second: number, others: number): number[] =>
    dataFormat === "channelsLast" ? [others, first, second, others] : [others, others, first, second];
  const [before, behind] = [spatial(top, left, 0), spatial(bottom, right, 0)];
  return {
    x: tidy(() => {
      const whole = pad(
        x as Tensor,
        before.map((margin, axis) => [margin, behind[axis] ?? 0]),
      );
      return stridedSlice(whole, [0, 0, 0, 0], whole.shape, spatial(strideHeight, strideWidth, 1));
    }),
    attributes: { ...given, strides: 1, pad: "valid" },
  };
}

const kernels: readonly NativeKernel[] = [
  {
    name: "Conv2D",
    run: ({ x, filter }, attributes) =>
      // oneDNN's answer to no images has the wrong number of channels.
      x.shape.includes(0)
        ? zeros(
            convolutionInfo(x.shape, filter.shape, attributes as unknown as ConvolutionAttributes).outShape,
          )
        : operation("_MklNativeConv2D", attributesOf(x.shape, filter.shape, attributes), [x, filter]),
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
    run: ({ x: all, dy }, given) => {
      const shape = given["filterShape"] as readonly number[];
      const seen = seenByOnePixel(all, shape, given);
      const { x, attributes } = seen ?? { x: all, attributes: given };
      const gradient = operation("_MklNativeConv2DBackpropFilter", attributesOf(x.shape, shape, attributes), [
        x,
        constantVector(shape),
        dy,
      ]);
      seen?.x.dispose();
      return gradient;
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
