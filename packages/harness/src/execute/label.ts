import { describeTraining, type TrainingOptions } from "@metabench/core";

/** An algorithm's name with the options that matter and what was asked of its training: "MAML, first order, cosine schedule". */
export function labelOf(
  plugin: { label(options: unknown): string },
  { options, training = {} }: { readonly options: unknown; readonly training?: TrainingOptions },
): string {
  return [plugin.label(options), describeTraining(training)].filter((part) => part !== "").join(", ");
}
