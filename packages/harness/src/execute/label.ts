import { describeTraining, type Protocol, type TrainingOptions } from "@metabench/core";
import { describeOptions } from "./describe-options.ts";
import type { Substituted } from "./substitution.ts";

/**
 * An algorithm's name with the options that matter, what was asked of its training, and the backbone that took the place of the protocol's:
 * "MAML, first order, cosine schedule, ResNet-12 (width 32)". Rows on several backbones share a table of the open division.
 */
export function labelOf(
  plugin: { label(options: unknown): string },
  { options, training = {} }: { readonly options: unknown; readonly training?: TrainingOptions },
  { backbone: other }: Substituted,
  backbone: { readonly title: string },
): string {
  const parts = [
    plugin.label(options),
    describeTraining(training),
    other ? `${backbone.title}${describeOptions(other.options)}` : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

/** A protocol's address, with the options that were set of another data set: "few-shot/image-folder/5w1s (folder birds)". */
export function groundLabelOf({ id }: Protocol, { dataset }: Substituted): string {
  return `${id}${describeOptions(dataset?.options ?? {})}`;
}
