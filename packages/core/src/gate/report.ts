import { z } from "zod";
import { obstacles, gateVerdicts } from "./verdict.ts";

const count = z.int().nonnegative();
const name = z.string().max(400);

const test = z.strictObject({
  /** Ends of the drop's interval at half the level of the test, in the unit of the margin. */
  low: z.number(),
  high: z.number(),
  /** One-sided p of "the candidate is no worse". */
  p: z.number().min(0).max(1),
  degreesOfFreedom: z.number().positive(),
});

const side = z.strictObject({
  /** Mean of the headline over seeds and test items; null where no seed completed. */
  mean: z.number().nullable(),
  seeds: z.array(count),
  failedSeeds: z.array(count),
  version: z.string(),
});

const cell = z.strictObject({
  /** Names the cell: protocol, tier, method. */
  cell: name,
  label: name,
  protocol: name,
  role: z.enum(["method", "control"]),
  verdict: z.enum(gateVerdicts),
  /** Whether the cell counts for the verdict of the whole: controls do where they are asked for by name. */
  counted: z.boolean(),
  /** Why it was not compared, or that a trial failed. */
  reason: z.enum([...obstacles, "failed-trial"]).nullable(),
  detail: name.nullable(),
  metric: name,
  /** `points`: drop and margin are differences of a share. `ratio`: they are shares of the baseline's error. */
  scale: z.enum(["points", "ratio"]),
  baseline: side.nullable(),
  candidate: side.nullable(),
  /** How much worse the candidate is; negative where it is better. */
  drop: z.number().nullable(),
  /** The interval of the test that decided, or of the two-sample test. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  margin: z.number().positive().nullable(),
  decidedBy: z.enum(["identity", "two-sample", "paired", "failure"]).nullable(),
  tests: z.strictObject({ twoSample: test.nullable(), paired: test.nullable() }),
  /** Seeds on each side that are expected to decide an inconclusive cell; null where that is not known. */
  seedsToSettle: count.nullable(),
  /** Median seconds of training of a seed, baseline and candidate. They never decide. */
  trainingSeconds: z.tuple([z.number().nonnegative().nullable(), z.number().nonnegative().nullable()]),
  /** What else is worth knowing, by code. */
  warnings: z.array(
    z.strictObject({ code: z.enum(["GATE-VERSION", "GATE-OPTIONS", "GATE-PARAMETERS"]), detail: name }),
  ),
});

const origin = z.strictObject({
  records: count,
  /** Commits that the records name. */
  commits: z.array(name),
  /** Whether some record was made from a checkout with uncommitted changes. */
  dirty: z.boolean(),
  /** Devices that computed. */
  devices: z.array(name),
});

/** What `metabench compare --json` prints. */
export const compareReportSchema = z.strictObject({
  schema: z.literal("metabench/compare/1"),
  verdict: z.enum(gateVerdicts),
  exitCode: z.union([z.literal(0), z.literal(10), z.literal(11), z.literal(12)]),
  /** One-sided levels: for "regression", corrected for the cells that differ, and for "no regression". */
  levels: z.strictObject({ regression: z.number(), noRegression: z.number() }),
  /** Cells that count and are not identical. */
  cellsCounted: count,
  baseline: origin,
  candidate: origin,
  cells: z.array(cell),
});

/** What a comparison found. */
export type CompareReport = z.infer<typeof compareReportSchema>;

/** What it found of one cell. */
export type ComparedCell = CompareReport["cells"][number];
