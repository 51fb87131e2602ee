import { failureStatuses, trainingPointSchema, trainingSettingSchema, type TrialSpec } from "@metabench/core";
import { z } from "zod";
import { backendInfoSchema } from "../backend/index.ts";
import { explainedSchema, type ExplainMessage } from "./explanation.ts";
import { phaseProfileSchema } from "./phase-profile.ts";
import type { TestMessage } from "./questions.ts";

/** What a child process is told first. */
export interface StartMessage {
  readonly type: "start";
  /**
   * `learn`: train (or resume) and answer the test. `time`: measure adaptation and prediction of stored parameters. `profile`: time
   * some of both by operation, and store nothing. `explain`: find out what stored parameters look at in images.
   * `retest`: answer changed tests with stored parameters, until told that there are no more.
   */
  readonly purpose: "learn" | "time" | "profile" | "explain" | "retest";
  readonly spec: TrialSpec;
  /** File URLs of the modules that hold the plugins. */
  readonly modules: { readonly algorithm: string; readonly dataset: string; readonly backbone: string };
  /** Folder of the prepared data set; null for a family of functions. */
  readonly prepared: string | null;
  /** Where checkpoints and the trained parameters of this trial lie. */
  readonly workFolder: string;
  readonly backend: "auto" | "native" | "wasm";
  readonly threads: number;
  /** Validation accuracy of each task of the single-task reference, for selection; null for other protocols and the reference itself. */
  readonly reference: Readonly<Record<string, number>> | null;
}

/** There are no more tests. */
interface EndMessage {
  readonly type: "end";
}

/** What the parent may say. */
export type ParentMessage = StartMessage | TestMessage | ExplainMessage | EndMessage;

const count = z.int().nonnegative();
const seconds = z.number().nonnegative();
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, "a Uint8Array");
const floats = z.custom<Float32Array>((value) => value instanceof Float32Array, "a Float32Array");
const timing = z.strictObject({ medianMs: seconds, p95Ms: seconds, samples: count, episodes: count });

const answers = {
  type: z.literal("answers"),
  /** The first episode (or example) answered by this message. */
  from: count,
};

/** Answers to the test, by setting. */
const answersSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    ...answers,
    kind: z.literal("few-shot-classification"),
    steps: z.array(count).min(1),
    oneShot: z.boolean(),
    headlineStep: count,
    /** Predicted labels `[episodes, steps, queries]`. */
    predictions: bytes,
    /** Logarithms of the classes' probabilities at the headline step, `[episodes, queries, ways]`. */
    logProbabilities: floats,
  }),
  z.strictObject({
    ...answers,
    kind: z.literal("few-shot-regression"),
    steps: z.array(count).min(1),
    oneShot: z.boolean(),
    headlineStep: count,
    /** Predicted outputs `[episodes, steps, queries, outputs]`. */
    predictions: floats,
  }),
  z.strictObject({
    ...answers,
    kind: z.literal("multi-task"),
    task: z.string(),
    /** Predicted labels of consecutive test images. */
    predictions: bytes,
    /** Logarithms of the classes' probabilities, `[images, classes]`. */
    logProbabilities: floats,
  }),
  z.strictObject({
    ...answers,
    kind: z.literal("task-examples"),
    task: z.string(),
    /** Of each example asked about: logarithms of the classes' probabilities, or the predicted numbers, `[examples, outputs]`. */
    outputs: floats,
  }),
]);

/** What training left behind, besides parameters: told to the parent, kept until the trial is timed, part of its record. */
export const trainedFields = {
  training: trainingSettingSchema,
  curve: z.array(trainingPointSchema),
  curveSeconds: z.array(seconds),
  trainingSeconds: seconds,
  selected: count.nullable(),
  updates: count,
  images: count,
  resumed: count,
  scalars: z.strictObject({ parameters: count, state: count }),
  budgetUsed: z.number().min(0).max(1).exactOptional(),
} as const;

/** What a child may say. The parent checks it: the child runs strangers' code. */
export const childMessageSchema = z.union([
  answersSchema,
  z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("started"), backend: backendInfoSchema }),
    z.strictObject({
      type: z.literal("progress"),
      phase: z.enum(["training", "testing", "timing"]),
      fraction: z.number().min(0).max(1),
      note: z.string(),
    }),
    z.strictObject({
      type: z.literal("trained"),
      ...trainedFields,
    }),
    z.strictObject({ type: z.literal("tested"), seconds, transductive: z.boolean(), peakMemoryBytes: count }),
    z.strictObject({
      type: z.literal("timed"),
      adaptation: timing.nullable(),
      prediction: timing.nullable(),
    }),
    z.strictObject({ type: z.literal("profiled"), phases: z.array(phaseProfileSchema) }),
    explainedSchema,
    z.strictObject({
      type: z.literal("failed"),
      status: z.enum(failureStatuses),
      code: z.string(),
      message: z.string(),
    }),
  ]),
]);

/** What a child may say. */
export type ChildMessage = z.infer<typeof childMessageSchema>;
/** Predictions of some of the test. */
export type AnswersMessage = z.infer<typeof answersSchema>;
/** Milliseconds a task. */
export type Timing = z.infer<typeof timing>;
