import { concat, conv2d, engine, split } from "@tensorflow/tfjs-core";
import type { NamedAttrMap, Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { hasKernel } from "../engine.ts";
import { registerFusedGradient } from "./fused-kernel.ts";

/*
 * Kernels that a backend may offer, with x [n, height, width, groups · inputs], filter [size, size, inputs, groups · outputs] and
 * y, dy [n, height′, width′, groups · outputs]:
 *   GroupedConv2D               {x, filter; strides, pad, dataFormat, dilations}             → y
 *   GroupedConv2DBackpropInput  {dy, filter; strides, pad, dataFormat, inputShape}           → dx
 *   GroupedConv2DBackpropFilter {x, dy; strides, pad, dataFormat, filterShape}               → dfilter
 */

interface GroupedAttributes {
  readonly strides: number;
  readonly pad: "valid" | "same";
  readonly dataFormat: "NHWC";
  readonly dilations: 1;
}

/** Groups, strides and padding. */
export interface GroupedOptions extends Pick<GroupedAttributes, "strides" | "pad"> {
  readonly groups: number;
}

const run = (kernelName: string, inputs: Record<string, Tensor>, attributes: object): Tensor4D =>
  engine().runKernel(kernelName, inputs, attributes as NamedAttrMap);

const forward = (x: Tensor, filter: Tensor, attributes: GroupedAttributes): Tensor4D =>
  run("GroupedConv2D", { x, filter }, attributes);
const towardsInput = (
  dy: Tensor,
  filter: Tensor,
  inputShape: readonly number[],
  attributes: GroupedAttributes,
) => run("GroupedConv2DBackpropInput", { dy, filter }, { ...attributes, inputShape });
const towardsFilter = (
  x: Tensor,
  dy: Tensor,
  filterShape: readonly number[],
  attributes: GroupedAttributes,
) => run("GroupedConv2DBackpropFilter", { x, dy }, { ...attributes, filterShape });

/**
 * Several convolutions side by side, each on its own share of the channels with its own share of the filters; differentiable twice.
 *
 * @param x [n, height, width, groups · inputs]
 * @param filter [size, size, inputs, groups · outputs]
 * @returns [n, height′, width′, groups · outputs]
 * @throws RangeError if the channels do not divide that way.
 */
export function groupedConvolution(
  x: Tensor4D,
  filter: Tensor4D,
  { groups, strides, pad }: GroupedOptions,
): Tensor4D {
  const [inputs, perGroup] = [x.shape[3], filter.shape[2]];
  if (inputs !== groups * perGroup)
    throw new RangeError(
      `${String(groups)} groups of ${String(perGroup)} channels do not make ${String(inputs)}; give the filter channels / groups inputs.`,
    );
  if (hasKernel("GroupedConv2D"))
    return forward(x, filter, { strides, pad, dataFormat: "NHWC", dilations: 1 });
  const filters = split(filter, groups, 3);
  return concat(
    split(x, groups, 3).map((part, group) =>
      conv2d(part as Tensor4D, filters[group] as Tensor4D, strides, pad),
    ),
    3,
  );
}

/** Gradients of the three kernels, each of which is linear in both inputs: what is missing is always one of the other two. */
export function registerGroupedConvolutionGradients(): void {
  const attributesOf = (attributes: NamedAttrMap): GroupedAttributes =>
    attributes as unknown as GroupedAttributes;
  registerFusedGradient({
    kernelName: "GroupedConv2D",
    inputsToSave: ["x", "filter"],
    gradient: ([cotangent], saved, attributes) => {
      const [x, filter] = saved as [Tensor, Tensor];
      const dy = cotangent as Tensor;
      return {
        x: () => towardsInput(dy, filter, x.shape, attributesOf(attributes)),
        filter: () => towardsFilter(x, dy, filter.shape, attributesOf(attributes)),
      };
    },
  });
  registerFusedGradient({
    kernelName: "GroupedConv2DBackpropInput",
    inputsToSave: ["dy", "filter"],
    gradient: ([cotangent], saved, attributes) => {
      const [dy, filter] = saved as [Tensor, Tensor];
      const dx = cotangent as Tensor;
      return {
        dy: () => forward(dx, filter, attributesOf(attributes)),
        filter: () => towardsFilter(dx, dy, filter.shape, attributesOf(attributes)),
      };
    },
  });
  registerFusedGradient({
    kernelName: "GroupedConv2DBackpropFilter",
    inputsToSave: ["x", "dy"],
    gradient: ([cotangent], saved, attributes) => {
      const [x, dy] = saved as [Tensor, Tensor];
      const filter = cotangent as Tensor;
      return {
        x: () => towardsInput(dy, filter, x.shape, attributesOf(attributes)),
        dy: () => forward(x, filter, attributesOf(attributes)),
      };
    },
  });
}
