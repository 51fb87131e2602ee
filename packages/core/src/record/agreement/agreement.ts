import { MetabenchError } from "../../errors.ts";
import type { Protocol } from "../../protocol/index.ts";
import { metricsOf } from "../metrics/index.ts";
import type { TrialResult } from "../result.ts";
import type { CompletedRecord, TrialRecord } from "../trial-record.ts";
import { lengthFaults, type Fault } from "./fault.ts";
import { classificationFaults, regressionFaults } from "./few-shot.ts";
import { metricFaults, numbersBy } from "./metrics.ts";
import { ownExamplesFaults, sharedExamplesFaults } from "./multi-task.ts";
import { retestedFaults } from "./retested.ts";

const byKind: {
  readonly [K in TrialResult["kind"]]: (
    result: Extract<TrialResult, { kind: K }>,
    protocol: Protocol,
  ) => readonly Fault[];
} = {
  "few-shot-classification": classificationFaults,
  "few-shot-regression": regressionFaults,
  "multi-task": sharedExamplesFaults,
  "multi-task-own-examples": ownExamplesFaults,
};

function completedFaults({ result, metrics, spec, selected, trainingCurve, robustness }: CompletedRecord) {
  // The kind of the result chooses the check, which TypeScript cannot follow through the table.
  const check = byKind[result.kind] as (result: TrialResult, protocol: Protocol) => readonly Fault[];
  const faults = check(result, spec.protocol);
  // Metrics of answers that do not fit together say nothing more.
  if (faults.length > 0) return faults;
  const tasks = "tasks" in result ? result.tasks : [];
  return [
    ...metricFaults("metrics", metrics, metricsOf(result, numbersBy(metrics, tasks))),
    ...(selected === null || selected < trainingCurve.length
      ? []
      : [
          {
            field: "selected",
            what: `${String(selected)} is stored, but there are ${String(trainingCurve.length)} training points`,
          },
        ]),
    ...(robustness?.variants ?? []).flatMap((one, at) =>
      one.kind === "failed" ? [] : retestedFaults(`robustness.variants.${String(at)}`, one, result),
    ),
  ];
}

/** What is shown of a record's faults: more follow from the first. */
const shown = 3;

/**
 * Checks that the parts of a record agree: counts with the test's size, lists with each other, and every metric with the answers that it
 * was computed from.
 *
 * @param source names the file in the error
 * @throws MetabenchError `invalid-record` with file, fields, and stored and computed values
 */
export function checkAgreement(record: TrialRecord, source: string): void {
  const faults = [
    ...lengthFaults(
      "cost.curveSeconds",
      record.cost.curveSeconds,
      record.trainingCurve.length,
      "training point",
    ),
    ...(record.status === "completed" ? completedFaults(record) : []),
  ];
  if (faults.length === 0) return;
  const more = faults.length > shown ? `; and ${String(faults.length - shown)} more` : "";
  throw new MetabenchError(
    "invalid-record",
    `${source} is not a valid trial record: its parts disagree, so it was changed after its trial. ` +
      `${faults
        .slice(0, shown)
        .map(({ field, what }) => `${field}: ${what}`)
        .join("; ")}${more}. ` +
      "Restore the file, or delete it and run the trial again.",
  );
}
