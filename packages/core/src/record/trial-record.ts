import { z } from "zod";
import { MetabenchError } from "../errors.ts";
import { describeIssues } from "../plugin/definition.ts";
import { referenceSchema } from "../plugin/manifest.ts";
import { roles } from "../plugin/algorithm.ts";
import { webAddress } from "../plugin/web-address.ts";
import { inputIds, targetIds } from "../axes/index.ts";
import { metricSchema, resultKinds, trainingPointSchema, trialResultSchema } from "./result.ts";
import { robustnessSchema } from "./robustness.ts";
import { trainingSettingSchema } from "./training-setting.ts";
import { trialSpecSchema } from "./trial-spec.ts";

const seconds = z.number().nonnegative();
const milliseconds = z.number().nonnegative();
const count = z.int().nonnegative();
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Milliseconds a task, by tinybench after warm-up, with the machine to itself. */
const timing = z.strictObject({
  medianMs: milliseconds,
  p95Ms: milliseconds,
  samples: count,
  episodes: count,
});

/** What the trial cost; differs from run to run. */
export const costSchema = z.strictObject({
  trainingSeconds: seconds,
  /** Seconds of training at each point of the training curve. */
  curveSeconds: z.array(seconds),
  testSeconds: seconds,
  updatesPerSecond: z.number().nonnegative().nullable(),
  imagesPerSecond: z.number().nonnegative().nullable(),
  /** Training seconds to 95 % of the way from the first to the best validation score; null where training gained nothing. */
  secondsTo95: seconds.nullable(),
  /** Adaptation up to the headline step on one support set, its encoding included; null where there is none. */
  adaptation: timing.nullable(),
  /** Prediction of one episode's queries (of one test batch in multi-task learning). */
  prediction: timing.nullable(),
  /** Largest resident set of the child process, bytes. */
  peakMemoryBytes: count,
  /** How often the trial was interrupted and resumed from its checkpoint. */
  resumed: count,
});
export type Cost = z.infer<typeof costSchema>;

/** What computed. */
const backend = z.strictObject({
  name: z.enum(["tensorflow", "wasm"]),
  /** The device really used. */
  device: z.enum(["cpu", "gpu"]),
  deviceName: z.string(),
  library: z.string(),
  threads: count,
  /** Faster kernels in use. */
  kernels: z.array(z.string()),
});

/** Where and with what a trial ran. */
export const provenanceSchema = z.strictObject({
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  /** Commit of the suite's checkout, null outside one. */
  commit: z.string().nullable(),
  /** Whether the checkout had uncommitted changes; null outside one. */
  dirty: z.boolean().nullable(),
  lockFileHash: z.string().nullable(),
  node: z.string(),
  packages: z.record(z.string(), z.string()),
  /** Null where the trial's process never told. */
  backend: backend.nullable(),
  machine: z.strictObject({
    platform: z.string(),
    architecture: z.string(),
    release: z.string(),
    cpu: z.string(),
    cores: count,
    memoryBytes: count,
  }),
  /** Trials that the run had side by side; training seconds and throughput depend on it. */
  jobs: count.positive(),
  /** Command that runs this trial again. */
  command: z.string(),
  /** SHA-256 of the code of plugins from packages, whose version may lag behind it. Records made before it was kept have none. */
  code: z
    .strictObject({
      algorithm: hash.exactOptional(),
      dataset: hash.exactOptional(),
      backbone: hash.exactOptional(),
    })
    .exactOptional(),
  /** When, by what commit and with what its parameters were last tested again; only where they were. */
  retest: z
    .strictObject({
      finishedAt: z.iso.datetime(),
      commit: z.string().nullable(),
      dirty: z.boolean().nullable(),
      backend,
    })
    .exactOptional(),
});
export type Provenance = z.infer<typeof provenanceSchema>;

/** What a reader needs to know of the plugins without loading them. */
export const displaySchema = z.strictObject({
  algorithm: z.strictObject({
    title: z.string(),
    /** Title with the options that matter. */
    label: z.string(),
    summary: z.string(),
    role: z.enum(roles),
    reference: referenceSchema.nullable(),
  }),
  dataset: z.strictObject({
    title: z.string(),
    summary: z.string(),
    licence: z.strictObject({ name: z.string(), url: webAddress }),
    /** Kinds of input and target, where they are not those of the protocol's kind. */
    input: z.enum(inputIds).exactOptional(),
    target: z.enum(targetIds).exactOptional(),
  }),
  backbone: z.strictObject({ title: z.string() }),
});

const common = {
  schemaVersion: z.literal(1),
  identity: z.string().regex(/^[0-9a-f]{64}$/),
  spec: trialSpecSchema,
  display: displaySchema,
  trainingCurve: z.array(trainingPointSchema),
  cost: costSchema,
  provenance: provenanceSchema,
};

const completedFields = z.strictObject({
  ...common,
  status: z.literal("completed"),
  result: trialResultSchema,
  metrics: z.array(metricSchema),
  training: trainingSettingSchema,
  /** Number of option settings tried on validation data, this one included (`--tried`). */
  triedSettings: count.positive(),
  /** Training point (index) whose parameters were kept; null without training. */
  selected: count.nullable(),
  /** Scalars in `parameters` and in `state`. */
  scalars: z.strictObject({ parameters: count, state: count }),
  /** Fraction of planned updates that ran. Present only with early stopping. */
  budgetUsed: z.number().min(0).max(1).exactOptional(),
  /** The same parameters under variants of the test; only where they were tested again. */
  robustness: robustnessSchema.exactOptional(),
});

const completed = completedFields.refine(
  ({ spec, result }) => resultKinds[spec.protocol.kind].some((kind) => kind === result.kind),
  {
    path: ["result", "kind"],
    error: "this kind of result does not belong to the protocol's kind",
  },
);

/** Ways in which a trial may end without a result. `invalid`: NaN, wrong shapes, a broken contract. */
export const failureStatuses = ["failed", "timed-out", "out-of-memory", "invalid", "cancelled"] as const;

const unfinished = z.strictObject({
  ...common,
  status: z.enum(failureStatuses),
  error: z.strictObject({
    code: z.string(),
    message: z.string(),
    /** The last lines of the trial's log. */
    log: z.string(),
  }),
});

/** One trial's outcome, as it is stored: every outcome is a record, failures too. */
export const trialRecordSchema = z.discriminatedUnion("status", [completed, unfinished]);
export type TrialRecord = z.infer<typeof trialRecordSchema>;
export type CompletedRecord = z.infer<typeof completed>;
export type UnfinishedRecord = z.infer<typeof unfinished>;

/**
 * Checks a record from a file.
 *
 * @param source names the file in the error
 * @throws MetabenchError `invalid-record` with file, field and reason
 */
export function checkRecord(record: unknown, source: string): TrialRecord {
  const parsed = trialRecordSchema.safeParse(record);
  if (parsed.success) return parsed.data;
  throw new MetabenchError(
    "invalid-record",
    `${source} is not a valid trial record: ${describeIssues(parsed.error)}. Delete the file and run the trial again, or restore it.`,
  );
}

/** The part of a record that the same trial on the same machine gives again: all but cost and provenance. */
export function reproducible(record: TrialRecord): Omit<TrialRecord, "cost" | "provenance"> {
  return Object.fromEntries(
    Object.entries(record).filter(([field]) => field !== "cost" && field !== "provenance"),
  ) as Omit<TrialRecord, "cost" | "provenance">;
}
