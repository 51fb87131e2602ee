import { z } from "zod";
import { parseOptions } from "./definition.ts";

/** How a learning rate changes over the budget; {@link trainingOptionsSchema} describes each. */
export const schedules = ["constant", "linear", "cosine", "step"] as const;
/** How a learning rate changes over the budget. */
export type Schedule = (typeof schedules)[number];

/** Random changes of training images, in the order in which they are listed. */
export const augmentations = ["flip", "crop", "rotate", "scale"] as const;
/** A random change of training images. */
export type Augmentation = (typeof augmentations)[number];

/**
 * Training options that every method accepts, beside its own. Absent fields leave a method unchanged. A trial without any has no such
 * field in its spec, so it keeps the identity it had before these options existed.
 */
export const trainingOptionsSchema = z.strictObject({
  clipNorm: z
    .number()
    .positive()
    .exactOptional()
    .describe(
      "largest norm of the gradient over all weights together; longer gradients are scaled down (replaces the method's own clipping)",
    ),
  accumulate: z
    .int()
    .min(1)
    .exactOptional()
    .describe("number of updates whose gradients are averaged into one optimiser step"),
  schedule: z
    .enum(schedules)
    .exactOptional()
    .describe(
      "learning rate over the budget (replaces the method's own schedule): constant, linear to 0, half a cosine to 0, or halved after every fifth",
    ),
  l1: z
    .number()
    .nonnegative()
    .exactOptional()
    .describe(
      "weight of the sum of absolute kernel values: after each step every kernel value moves towards 0 by the learning rate times this, and stops at 0",
    ),
  mixup: z
    .number()
    .positive()
    .exactOptional()
    .describe(
      "α of the distribution Beta(α, α) of the weights with which training images and their losses are mixed in pairs; open division",
    ),
  augmentation: z
    .array(z.enum(augmentations))
    .min(1)
    .overwrite((asked) => augmentations.filter((one) => asked.includes(one)))
    .exactOptional()
    .describe(
      "random changes of each training image: mirrored left to right, shifted by up to 1/8 of a side, rotated by up to 10°, scaled by up to 10 %; open division",
    ),
  earlyStopping: z
    .int()
    .positive()
    .exactOptional()
    .describe("stop training after this number of validations in a row without a better score"),
});

/** Training options of a trial, beside the method's own options. */
export type TrainingOptions = z.infer<typeof trainingOptionsSchema>;

/**
 * Checks training options, and drops those without effect (`accumulate` 1, `l1` 0).
 *
 * @throws MetabenchError `invalid-options`, naming each wrong field
 */
export function parseTrainingOptions(given: unknown): TrainingOptions {
  const { accumulate, l1, ...rest } = parseOptions("--training", trainingOptionsSchema, given);
  return {
    ...rest,
    ...(accumulate !== undefined && accumulate > 1 && { accumulate }),
    ...(l1 !== undefined && l1 > 0 && { l1 }),
  };
}

/** Whether they change the training images. The closed division does not allow that. */
export const changesTrainingImages = ({ mixup, augmentation }: TrainingOptions): boolean =>
  mixup !== undefined || augmentation !== undefined;

/** Describes the options for a row's name: "clipped at 1, cosine schedule, flip and crop". Empty without options. */
export function describeTraining({
  clipNorm,
  accumulate,
  schedule,
  l1,
  mixup,
  augmentation,
  earlyStopping,
}: TrainingOptions): string {
  const words = [
    clipNorm !== undefined && `clipped at ${String(clipNorm)}`,
    accumulate !== undefined && `${String(accumulate)} updates per step`,
    schedule !== undefined && `${schedule} schedule`,
    l1 !== undefined && `L1 ${String(l1)}`,
    mixup !== undefined && `mixup ${String(mixup)}`,
    augmentation !== undefined && augmentation.join(" and "),
    earlyStopping !== undefined && `stops after ${String(earlyStopping)} looks`,
  ];
  return words.filter((word) => word !== false).join(", ");
}
