import { z } from "zod";
import { calibrationBins } from "../metrics/index.ts";
import type { Kind } from "../axes/index.ts";

const share = z.number().min(0).max(1);
const count = z.int().nonnegative();
const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** One row an adaptation step, one column a frozen episode. */
const byStepAndEpisode = <T extends z.ZodType>(value: T) => z.array(z.array(value));

/** Predictions by confidence: per bin how many, how many right, and the sum of their confidences. */
const calibration = z
  .array(z.tuple([count, count, z.number().nonnegative()]).readonly())
  .length(calibrationBins);

const frozen = {
  /** SHA-256 of the frozen test episodes. */
  episodesHash: hash,
  /** Query examples an episode. */
  queriesPerEpisode: count,
  /** The adaptation step of each row below; a one-shot adapter has the single step 0. */
  steps: z.array(count).min(1),
  /** The step after which the headline is taken: declared by the algorithm, never chosen on test data. */
  headlineStep: count,
  /** True where `adapt` yielded one predictor only. */
  oneShot: z.boolean(),
} as const;

const fewShotClassification = z.strictObject({
  kind: z.literal("few-shot-classification"),
  ...frozen,
  /** Right predictions, of `queriesPerEpisode`. */
  correct: byStepAndEpisode(count),
  /** Macro averages of each episode at the headline step. */
  precision: z.array(share),
  recall: z.array(share),
  f1: z.array(share),
  /** True where predictions moved when other queries were taken away. */
  transductive: z.boolean(),
  /** Mean over each episode's queries at the headline step. Records made before it was measured have none. */
  negativeLogLikelihood: z.array(z.number().nonnegative()).exactOptional(),
  calibration: calibration.exactOptional(),
});

const fewShotRegression = z.strictObject({
  kind: z.literal("few-shot-regression"),
  ...frozen,
  /** Mean squared error over the query points. */
  squaredError: byStepAndEpisode(z.number().nonnegative()),
});

const multiTask = z.strictObject({
  kind: z.literal("multi-task"),
  examples: count,
  tasks: z.array(
    z.strictObject({
      id: z.string(),
      accuracy: share,
      precision: share,
      recall: share,
      f1: share,
      /** Correctness of each test example, one bit each, most significant bit first, base64. */
      correct: z.base64(),
      /** Mean over the test examples. Records made before it was measured have none. */
      negativeLogLikelihood: z.number().nonnegative().exactOptional(),
      calibration: calibration.exactOptional(),
    }),
  ),
  /** Accuracy of each task on the validation split, at the selected parameters. */
  validation: z.record(z.string(), share),
});

const bounded = z.number().nonnegative();

/** One task's answers to test examples of its own, as sums from which every metric of its target is recomputed. */
export const taskResultSchema = z.discriminatedUnion("target", [
  z.strictObject({
    target: z.literal("class"),
    id: z.string(),
    examples: count,
    precision: share,
    recall: share,
    f1: share,
    /** Correctness of each test example, one bit each, most significant bit first, base64. */
    correct: z.base64(),
    negativeLogLikelihood: bounded,
    calibration,
  }),
  z.strictObject({
    target: z.literal("values"),
    id: z.string(),
    examples: count,
    /** Squared and absolute errors of each test example, summed over its values. */
    squaredError: z.array(bounded),
    absoluteError: z.array(bounded),
    /** Squared deviation of each example's values from their mean in the training split over all tasks. */
    squaredDeviation: z.array(bounded),
  }),
]);

/** One task's answers to test examples of its own. */
export type TaskResult = z.infer<typeof taskResultSchema>;

/** Multi-task learning where tasks have examples of their own, or targets that are not classes. */
const ownExamples = z.strictObject({
  kind: z.literal("multi-task-own-examples"),
  tasks: z.array(taskResultSchema).min(1),
  /** Metric of each task on the validation split, at the selected parameters. */
  validation: z.record(z.string(), z.number()),
});

/** The kinds of result that a protocol of each kind may have. */
export const resultKinds = {
  "few-shot-classification": ["few-shot-classification"],
  "few-shot-regression": ["few-shot-regression"],
  "multi-task": ["multi-task", "multi-task-own-examples"],
} as const satisfies Record<Kind, readonly TrialResult["kind"][]>;

/** What was measured on the test split, in the form that every metric can be recomputed from. */
export const trialResultSchema = z.discriminatedUnion("kind", [
  fewShotClassification,
  fewShotRegression,
  multiTask,
  ownExamples,
]);
export type TrialResult = z.infer<typeof trialResultSchema>;

/** A metric of one trial. */
export const metricSchema = z.strictObject({
  name: z.string(),
  /** The task it belongs to, in multi-task learning; null otherwise. */
  task: z.string().nullable(),
  value: z.number(),
  unit: z.string(),
  direction: z.enum(["higher", "lower"]),
  /** Episodes or examples it was taken over. */
  count,
  /** 95 % interval of this one trial, so episode (or example) noise only; null where none is defined. */
  interval: z.strictObject({ low: z.number(), high: z.number(), method: z.string() }).nullable(),
});
export type Metric = z.infer<typeof metricSchema>;

/** A look at the validation split during training. */
export const trainingPointSchema = z.strictObject({
  images: count,
  updates: count,
  /** Mean of each named loss since the last point; empty at the first. */
  losses: z.record(z.string(), z.number()),
  /** Validation metric by task, or under `accuracy` / `mse`. */
  validation: z.record(z.string(), z.number()),
  /** What selection compared, higher is better. */
  score: z.number(),
});
export type TrainingPoint = z.infer<typeof trainingPointSchema>;
