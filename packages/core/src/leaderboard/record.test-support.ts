import type { TrialRecord } from "../record/trial-record.ts";
import { compileLeaderboard } from "./compile.ts";

export { buildRecord, classified, multiTasked, regressed, type RecordSketch } from "../testing/index.ts";

/** The one table of the records. */
export const only = (records: readonly TrialRecord[]) => {
  const { tables } = compileLeaderboard(records);
  const [table] = tables;
  if (!table || tables.length !== 1) throw new Error(`${String(tables.length)} tables instead of one`);
  return table;
};
/** How a trial failed. */
export const failed = { status: "failed", code: "trial-failed", message: "It broke. Fix it." } as const;
/** Right answers of 75 in four episodes, many and few. */
export const good = [60, 66, 63, 69];
export const poor = [15, 21, 18, 12];
