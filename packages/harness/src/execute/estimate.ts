import type { TrialRecord, TrialSpec } from "@metabench/core";

const secondsOf = ({ cost }: TrialRecord) => cost.trainingSeconds + cost.testSeconds;

const median = (values: readonly number[]): number | null =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;

/**
 * Seconds a trial will take, by what completed trials of the same algorithm took on the same protocol, scaled to the budget; null
 * where there is none. Looking at the validation split is not in it.
 */
export function estimateSeconds(
  { protocol, algorithm }: TrialSpec,
  records: readonly TrialRecord[],
): number | null {
  const alike = records.filter(
    ({ status, spec }) =>
      status === "completed" &&
      spec.protocol.id === protocol.id &&
      spec.protocol.tier === protocol.tier &&
      spec.algorithm.id === algorithm.id,
  );
  return median(
    alike.map((record) => (secondsOf(record) * protocol.budget.images) / record.spec.protocol.budget.images),
  );
}
