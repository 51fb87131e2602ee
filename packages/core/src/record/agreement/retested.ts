import { metricsKept, metricsUnder } from "../metrics/index.ts";
import type { TrialResult } from "../result.ts";
import type { Retested } from "../robustness.ts";
import { lengthFaults, limitFaults, shouldBe, type Fault } from "./fault.ts";
import { metricFaults, numbersBy } from "./metrics.ts";
import { labelFaults, ownTaskFaults } from "./multi-task.ts";

type Outcome = Exclude<Retested, { kind: "failed" }>;
type Tasks = readonly { readonly id: string }[];

/** Checks that a changed test has the tasks of the plain one. */
function taskFaults(field: string, tasks: Tasks, plain: Tasks): readonly Fault[] {
  const names = (all: Tasks) => all.map(({ id }) => id).join(", ");
  return names(tasks) === names(plain)
    ? []
    : [shouldBe(`${field}.tasks`, names(tasks), names(plain), "what the plain test has")];
}

/** Checks the answers to a changed test against the size of the plain one. */
function answerFaults(field: string, retested: Outcome, result: TrialResult): readonly Fault[] {
  if (retested.kind === "few-shot-classification" && result.kind === retested.kind)
    return [
      ...lengthFaults(`${field}.correct`, retested.correct, result.correct[0]?.length ?? 0, "test episode"),
      ...limitFaults(`${field}.correct`, retested.correct, result.queriesPerEpisode, "queries per episode"),
    ];
  if (retested.kind === "multi-task" && result.kind === retested.kind)
    return [
      ...taskFaults(field, retested.tasks, result.tasks),
      ...retested.tasks.flatMap((task, at) =>
        labelFaults(`${field}.tasks.${String(at)}`, task, result.examples),
      ),
    ];
  if (retested.kind === "multi-task-own-examples" && result.kind === retested.kind)
    return [
      ...taskFaults(field, retested.tasks, result.tasks),
      ...retested.tasks.flatMap((task, at) => {
        const where = `${field}.tasks.${String(at)}`;
        const examples = result.tasks[at]?.examples ?? 0;
        return task.examples === examples
          ? ownTaskFaults(where, task)
          : [shouldBe(`${where}.examples`, task.examples, examples, "what the plain test has")];
      }),
    ];
  return [shouldBe(`${field}.kind`, retested.kind, result.kind, "the kind of the plain test")];
}

/** Checks the outcome of one changed test against its stored answers, and against the plain test. */
export function retestedFaults(field: string, retested: Outcome, result: TrialResult): readonly Fault[] {
  const faults = answerFaults(field, retested, result);
  if (faults.length > 0) return faults;
  const tasks = "tasks" in retested ? retested.tasks : [];
  const due = metricsUnder(retested, result, numbersBy(retested.metrics, tasks));
  return metricFaults(`${field}.metrics`, retested.metrics, due, metricsKept);
}
