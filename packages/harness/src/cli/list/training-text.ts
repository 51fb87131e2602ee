import { trainingOptionsSchema } from "@metabench/core";
import { z } from "zod";

/** JSON Schema of what `--training` may give. */
export const trainingJsonSchema = (): Record<string, unknown> =>
  z.toJSONSchema(trainingOptionsSchema, { io: "input" });

const hyphenated = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** What each takes, for people. */
const values: Readonly<Record<keyof typeof trainingOptionsSchema.shape, string>> = {
  clipNorm: "number",
  accumulate: "updates",
  schedule: trainingOptionsSchema.shape.schedule.unwrap().options.join("|"),
  l1: "number",
  mixup: "number",
  augmentation: trainingOptionsSchema.shape.augmentation.unwrap().element.options.join(","),
  earlyStopping: "looks",
};

/** Training options as text: they are the same for all methods. */
export function trainingLines(): readonly string[] {
  return [
    "Training options, for every method that trains (controls ignore them):",
    ...Object.entries(trainingOptionsSchema.shape).map(
      ([name, schema]) =>
        `  --training ${hyphenated(name)}=${values[name as keyof typeof values]}\n      ${schema.description ?? ""}`,
    ),
  ];
}
