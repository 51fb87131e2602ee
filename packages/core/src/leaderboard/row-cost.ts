import { median } from "../statistics/index.ts";
import type { CompletedRecord, TrialRecord } from "../record/trial-record.ts";
import type { RowCost } from "./row.ts";

/** Median; null of none. */
const middle = (values: readonly number[]) => (values.length === 0 ? null : median(values));
const present = <T>(values: readonly (T | null)[]): T[] => values.filter((value) => value !== null);

/** Costs of a row: medians over its completed trials, the largest for memory; null where no trial completed. */
export function rowCost(records: readonly CompletedRecord[]): RowCost | null {
  const [first] = records;
  if (!first) return null;
  const costs = records.map((record) => record.cost);
  const timing = (which: "adaptation" | "prediction") => {
    const timings = present(costs.map((cost) => cost[which]));
    const half = middle(timings.map((timing) => timing.medianMs));
    const p95 = middle(timings.map((timing) => timing.p95Ms));
    return half === null || p95 === null ? null : { median: half, p95 };
  };
  const of = (which: "secondsTo95" | "updatesPerSecond" | "imagesPerSecond") =>
    middle(present(costs.map((cost) => cost[which])));
  return {
    adaptationMs: timing("adaptation"),
    predictionMs: timing("prediction"),
    trainingSeconds: median(costs.map((cost) => cost.trainingSeconds)),
    testSeconds: median(costs.map((cost) => cost.testSeconds)),
    secondsTo95: of("secondsTo95"),
    updatesPerSecond: of("updatesPerSecond"),
    imagesPerSecond: of("imagesPerSecond"),
    peakMemoryBytes: Math.max(...costs.map((cost) => cost.peakMemoryBytes)),
    parameters: first.scalars.parameters,
    devices: [...new Set(records.map(deviceOf))].toSorted(),
  };
}

/** The device a trial ran on, in words. */
export function deviceOf({ provenance: { backend, machine } }: TrialRecord): string {
  if (!backend) return `${machine.cpu}, backend unknown`;
  const where = backend.device === "gpu" ? backend.deviceName : machine.cpu;
  const threads = `${String(backend.threads)} ${backend.threads === 1 ? "thread" : "threads"}`;
  return `${where}, ${backend.name} ${backend.library}, ${threads}`;
}
