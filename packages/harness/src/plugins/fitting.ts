import { inputs, targets, type AnyAlgorithm, type Axes, type BackbonePlugin } from "@metabench/core";

const listed = (words: readonly string[]) => words.map((word) => word.toLowerCase()).join(" or ");

/** Why an algorithm cannot learn tasks of these axes, in words; null where it can. */
export function whyUnfit(
  { id, targets: predicted, inputs: taken }: Pick<AnyAlgorithm, "id" | "targets" | "inputs">,
  { target, input }: Axes,
): string | null {
  if (!predicted.includes(target))
    return `Algorithm ${id} predicts ${listed(predicted.map((one) => targets[one].title))}, and the targets are ${targets[target].title.toLowerCase()} (${target})`;
  if (taken && !taken.includes(input))
    return `Algorithm ${id} takes ${listed(taken.map((one) => inputs[one].title))} inputs, and these are ${inputs[input].title.toLowerCase()} (${input})`;
  return null;
}

/** Why a backbone cannot embed inputs of a kind, in words; null where it can. */
export const whyNoEmbedding = (
  { id, inputs: taken }: Pick<BackbonePlugin, "id" | "inputs">,
  { input }: Pick<Axes, "input">,
): string | null =>
  taken.includes(input)
    ? null
    : `Backbone ${id} takes ${listed(taken.map((one) => inputs[one].title))} inputs, and these are ${inputs[input].title.toLowerCase()} (${input})`;
