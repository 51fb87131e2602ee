import { z } from "zod";
import { roles } from "../plugin/algorithm.ts";
import { referenceSchema } from "../plugin/manifest.ts";
import { trainingOptionsSchema } from "../plugin/training-options.ts";
import { metricIds } from "../metrics/index.ts";
import { trainingPointSchema } from "../record/result.ts";
import { trainingSettingSchema } from "../record/training-setting.ts";
import { failureStatuses } from "../record/trial-record.ts";
import { robustnessVariantSchema } from "../robustness/variant.ts";
import { differenceSchema, estimateSchema } from "./estimate.ts";
import { flagSchema } from "./flag.ts";
import { rowDefinitionSchema } from "./row-definition.ts";
import { transferSchema } from "./transfer-schema.ts";

const number = z.number().nullable();

/** One seed of a row: the record it comes from, and its score or why it has none. */
export const seedSchema = z.strictObject({
  seed: z.int().nonnegative(),
  /** Identity of the record. */
  identity: z.string(),
  status: z.enum(["completed", ...failureStatuses]),
  /** Headline of this seed alone; null where the trial did not complete. */
  score: number,
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
});
export type Seed = z.infer<typeof seedSchema>;

/** How the metric moves with each adaptation step, over all seeds and episodes. */
export const adaptationSchema = z.strictObject({
  steps: z.array(z.int().nonnegative()),
  /** One estimate a step. */
  curve: z.array(estimateSchema),
  headlineStep: z.int().nonnegative(),
  oneShot: z.boolean(),
  /** Adaptation steps: the smallest with 90 % of the gain, or of a method that starts at chance the last that helps; null where it does not apply. */
  stepsTo90: z.int().nonnegative().nullable(),
  /** Trapezoid over steps 0 to 10 divided by 10, in the metric's unit; null for one-shot adapters, shorter curves and results taken after step 10. */
  area: number,
});
export type AdaptationSummary = z.infer<typeof adaptationSchema>;

/** What the row's trials cost: medians over its seeds, the largest for memory. */
export const rowCostSchema = z.strictObject({
  adaptationMs: z.strictObject({ median: z.number(), p95: z.number() }).nullable(),
  predictionMs: z.strictObject({ median: z.number(), p95: z.number() }).nullable(),
  trainingSeconds: z.number(),
  testSeconds: z.number(),
  secondsTo95: number,
  updatesPerSecond: number,
  imagesPerSecond: number,
  peakMemoryBytes: z.number(),
  parameters: z.int().nonnegative(),
  /** Devices that the trials ran on. */
  devices: z.array(z.string()),
});
export type RowCost = z.infer<typeof rowCostSchema>;

/** Means over seeds, each the macro average over classes. */
const classificationSchema = z.strictObject({ precision: z.number(), recall: z.number(), f1: z.number() });

/**
 * How far single values lie apart, as standard deviations in the headline's unit: the square roots of the parts of the variance.
 */
const spreadSchema = z.strictObject({
  /** Standard deviation between training seeds: how far all episodes shift with another seed. */
  seed: z.number().nonnegative(),
  /** Standard deviation between episodes (or test examples): how much they differ in difficulty for all seeds. */
  item: z.number().nonnegative(),
  /** Residual standard deviation: how differently seeds do on the same episode. */
  residual: z.number().nonnegative(),
});

/** The row's parameters under one variant of the test. */
export const rowVariantSchema = z.strictObject({
  ...robustnessVariantSchema.shape,
  /** Over the seeds that were tested again; null where the learner broke. */
  score: estimateSchema.nullable(),
  /** The plain test minus the variant, seed by seed on the same episodes or examples; null where there is no score. */
  drop: differenceSchema.nullable(),
  /** Why there is no score; null where there is one. */
  reason: z.string().nullable(),
});
export type RowVariant = z.infer<typeof rowVariantSchema>;

/** The validation curve of one seed. */
const learningCurveSchema = z.strictObject({
  seed: z.int().nonnegative(),
  identity: z.string(),
  /** Point whose parameters were kept. */
  selected: z.int().nonnegative().nullable(),
  points: z.array(trainingPointSchema.extend({ seconds: number })),
});

/** Place in the standings. */
export const placeSchema = z.strictObject({
  /** Mean of the ranks that the row's tie group shares. */
  rank: z.number(),
  /** 1 + rows significantly better, to rows − rows significantly worse. */
  low: z.int(),
  high: z.int(),
  /** Number of the tie group, the leading one 1. */
  group: z.int(),
});
export type Place = z.infer<typeof placeSchema>;

/** An algorithm with its options and version, its seeds collected: one row of a table. */
export const rowSchema = z.strictObject({
  /** Stable within its table: algorithm id and a hash of version, options and source. */
  id: z.string(),
  algorithm: z.strictObject({
    id: z.string(),
    version: z.string(),
    options: z.record(z.string(), z.json()),
    source: z.string().nullable(),
    title: z.string(),
    label: z.string(),
    summary: z.string(),
    role: z.enum(roles),
    reference: referenceSchema.nullable(),
  }),
  /** Backbone, budget and validation, where rows differ in them: in the open division, and absent in the closed one. */
  definition: rowDefinitionSchema.exactOptional(),
  /** What one update was trained on; null where no trial completed. */
  training: trainingSettingSchema.nullable(),
  /** Training options beside the algorithm's own; absent without any. */
  trainingOptions: trainingOptionsSchema.exactOptional(),
  /** Settings of the options tried on the validation split, the one kept included, the most that any seed declares; null where no trial completed. */
  triedSettings: z.int().positive().nullable(),
  seeds: z.array(seedSchema).min(1),
  /** Records of a seed that a later run of that seed replaced. */
  superseded: z.array(z.string()),
  /** Null where a seed failed: a failed seed fails the cell. */
  score: estimateSchema.nullable(),
  /** Null with one seed, from which the parts cannot be told, and where there is no score. */
  spread: spreadSchema.nullable(),
  place: placeSchema.nullable(),
  /** This row minus the best one, on the same episodes; null for the best and for unranked rows. */
  toBest: differenceSchema.nullable(),
  adaptation: adaptationSchema.nullable(),
  classification: classificationSchema.nullable(),
  /** Means over seeds of every metric that all of them have, by key of `metricDefinitions`; each the mean over tasks. */
  metrics: z.partialRecord(z.enum(metricIds), z.number()),
  /** The headline of each task, in multi-task learning; macro averages where its targets are classes. */
  tasks: z.array(
    z.strictObject({ id: z.string(), score: estimateSchema, ...classificationSchema.partial().shape }),
  ),
  transfer: transferSchema,
  /** Variants of the test under which some seed was tested again; empty where none was. */
  robustness: z.array(rowVariantSchema),
  /** Null where no trial completed. */
  cost: rowCostSchema.nullable(),
  learningCurves: z.array(learningCurveSchema),
  flags: z.array(flagSchema),
  /** When the newest of the trials ended. */
  finishedAt: z.iso.datetime(),
});
export type Row = z.infer<typeof rowSchema>;
