import { z } from "zod";
import { parseOptions } from "./definition.ts";

/** How a learning rate moves over the budget; what each means is said at {@link trainingOptionsSchema}. */
export const schedules = ["constant", "linear", "cosine", "step"] as const;
/** How a learning rate moves over the budget. */
export type Schedule = (typeof schedules)[number];

/** Random changes of training images, in the order in which they are listed and told. */
export const augmentations = ["flip", "crop", "rotate", "scale"] as const;
/** A random change of training images. */
export type Augmentation = (typeof augmentations)[number];

/**
 * What may be asked of the training of any method, whatever options it has of its own. Absent fields leave a method as it is; a trial that
 * was asked for nothing has no such field in its spec.
 */
export const trainingOptionsSchema = z.strictObject({
  clipNorm: z
    .number()
    .positive()
    .exactOptional()
    .describe("gradients are shortened to this norm, over all weights together; instead of the method's own"),
  accumulate: z
    .int()
    .min(1)
    .exactOptional()
    .describe("updates whose gradients are averaged into one step of the optimiser"),
  schedule: z
    .enum(schedules)
    .exactOptional()
    .describe(
      "the learning rate over the budget, instead of the method's own: as it is, in a straight line or half a cosine to 0, or halved after every fifth",
    ),
  l1: z
    .number()
    .nonnegative()
    .exactOptional()
    .describe(
      "weight of the sum of the absolute values of all kernels: after each step they move towards 0 by the learning rate times this, and stay there",
    ),
  mixup: z
    .number()
    .positive()
    .exactOptional()
    .describe(
      "α of Beta(α, α), from which the weights come that mix training images and their losses in pairs; open division",
    ),
  augmentation: z
    .array(z.enum(augmentations))
    .min(1)
    .overwrite((asked) => augmentations.filter((one) => asked.includes(one)))
    .exactOptional()
    .describe(
      "random changes of each training image: left and right exchanged, moved by up to 1/8 of a side, turned by up to 10°, scaled by up to 10 %; open division",
    ),
  earlyStopping: z
    .int()
    .positive()
    .exactOptional()
    .describe("training ends after so many looks at the validation split in a row that gained nothing"),
});

/** What was asked of training beside a method's own options. */
export type TrainingOptions = z.infer<typeof trainingOptionsSchema>;

/**
 * Checks training options, and drops those that ask for nothing: the mean of one gradient, a sum of weight 0.
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

/** Do they change what is learned from? The closed division fixes that. */
export const changesTrainingImages = ({ mixup, augmentation }: TrainingOptions): boolean =>
  mixup !== undefined || augmentation !== undefined;

/** For a row's name: "clipped at 1, cosine schedule, flip and crop". Empty where nothing was asked for. */
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
    accumulate !== undefined && `${String(accumulate)} updates a step`,
    schedule !== undefined && `${schedule} schedule`,
    l1 !== undefined && `L1 ${String(l1)}`,
    mixup !== undefined && `mixup ${String(mixup)}`,
    augmentation !== undefined && augmentation.join(" and "),
    earlyStopping !== undefined && `stops after ${String(earlyStopping)} looks`,
  ];
  return words.filter((word) => word !== false).join(", ");
}
