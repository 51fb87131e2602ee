import { z } from "zod";

const count = z.int().positive();

/** What one update of a method was trained on; it may differ from the test's ways and shots, since budgets are counted in images. */
export const trainingSettingSchema = z.discriminatedUnion("on", [
  z.strictObject({
    on: z.literal("episodes"),
    ways: count,
    shots: count,
    /** Query images per class. */
    queries: count,
    /** Episodes an update. */
    perUpdate: count,
  }),
  z.strictObject({
    on: z.literal("functions"),
    shots: count,
    /** Functions an update. */
    perUpdate: count,
  }),
  z.strictObject({ on: z.literal("labelled-images"), batchSize: count }),
  z.strictObject({ on: z.literal("labelled-examples"), batchSize: count }),
  z.strictObject({ on: z.literal("nothing") }),
]);

/** What one update of a method was trained on. */
export type TrainingSetting = z.infer<typeof trainingSettingSchema>;
