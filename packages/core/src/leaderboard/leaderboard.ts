import { z } from "zod";
import { axesOf, inputIds, regimes, targetIds, type Axes, type DataAxes } from "../axes/index.ts";
import { metricDefinitions } from "../metrics/index.ts";
import { webAddress } from "../plugin/web-address.ts";
import { protocolSchema, type Protocol } from "../protocol/protocol.ts";
import { rowSchema } from "./row.ts";

/** The number by which a table is sorted. */
const headlineSchema = z.strictObject({
  /** Name of a metric in `metricDefinitions`. */
  name: z.string(),
  /** `share`: 0 … 1, shown in percent. `squared units`: of the target. */
  unit: z.enum(["share", "squared units", "units", "nats"]),
  direction: z.enum(["higher", "lower"]),
  /** What the mean runs over beside seeds. */
  over: z.enum(["test episodes", "test examples"]),
});

/** One pair of rows: `a` minus `b` on the same episodes. Enough to recompute ranks and Holm for any selection of rows. */
const pairSchema = z.strictObject({
  a: z.string(),
  b: z.string(),
  difference: z.number(),
  standardError: z.number().nullable(),
  p: z.number(),
  /** Seeds that both sides have; with one, error and p cover episode noise only. */
  seeds: z.int().positive(),
});

/** Rows that may be compared with each other: same protocol, version, tier, division, data and test episodes. */
export const tableSchema = z.strictObject({
  /** Stable address: protocol, version, tier, division, and what sets it apart. */
  id: z.string(),
  /** In the open division that of the newest trial: backbone, budget and validation stand in each row's `definition`. */
  protocol: protocolSchema,
  dataset: z.strictObject({
    id: z.string(),
    version: z.string(),
    contentHash: z.string(),
    title: z.string(),
    summary: z.string(),
    licence: z.strictObject({ name: z.string(), url: webAddress }),
    /** Kinds of input and target, where they are not those of the protocol's kind. */
    input: z.enum(inputIds).exactOptional(),
    target: z.enum(targetIds).exactOptional(),
  }),
  backbone: z.strictObject({ id: z.string(), version: z.string(), title: z.string() }),
  /** SHA-256 of the frozen test episodes; null where the whole test split is used, or no trial came that far. */
  episodesHash: z.string().nullable(),
  /** Frozen test episodes or test examples; null where no trial came that far. */
  items: z.int().positive().nullable(),
  /** True for the table of rows whose predictions for a query depend on the other queries. */
  transductive: z.boolean(),
  /** Why these rows are not comparable with the protocol's main table; null for a main table. */
  notComparable: z.string().nullable(),
  headline: headlineSchema,
  /** Ranked rows by score, best first, then the failed ones. */
  rows: z.array(rowSchema).min(1),
  pairs: z.array(pairSchema),
  /** Rows that no other row of the same device beats in both score and adaptation time (prediction time in multi-task learning). */
  pareto: z.array(z.string()),
});
export type Table = z.infer<typeof tableSchema>;
export type Headline = Table["headline"];

/** What `standings.json` contains. */
export const leaderboardSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** When the newest trial ended; null without records. */
  newest: z.iso.datetime().nullable(),
  records: z.int().nonnegative(),
  tables: z.array(tableSchema),
});
export type Leaderboard = z.infer<typeof leaderboardSchema>;

/** What a protocol's tables are sorted by; `data` names the data set's axes where they are not those of the protocol's kind. */
export function headlineOf({ kind }: Pick<Protocol, "kind">, data?: DataAxes): Headline {
  const { regime, target } = axesOf(kind, data);
  const { name, unit, direction } = metricDefinitions[regimes[regime].headline[target]];
  return { name, unit, direction, over: regimes[regime].item };
}

/** The axes of a table's tasks. */
export const axesOfTable = ({ protocol, dataset }: Pick<Table, "protocol" | "dataset">): Axes =>
  axesOf(protocol.kind, dataset);
