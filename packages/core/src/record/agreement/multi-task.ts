import { byteLength } from "../../encoding/base64.ts";
import { metricNamed, type CalibrationBin } from "../../metrics/index.ts";
import { packCorrectness, unpackCorrectness } from "../correctness.ts";
import type { TaskResult, TrialResult } from "../result.ts";
import { calibrationFaults } from "./calibration.ts";
import { isSame, lengthFaults, shouldBe, type Fault } from "./fault.ts";

type SharedExamples = Extract<TrialResult, { kind: "multi-task" }>;
type OwnExamples = Extract<TrialResult, { kind: "multi-task-own-examples" }>;

/** Answers to the test examples of one task. */
interface LabelledTask {
  readonly correct: string;
  readonly accuracy?: number;
  readonly calibration?: readonly CalibrationBin[];
}

/** Checks packed correctness, and what follows from it. */
export function labelFaults(field: string, task: LabelledTask, examples: number): readonly Fault[] {
  const bytes = byteLength(task.correct);
  const due = Math.ceil(examples / 8);
  if (examples === 0) return [{ field: `${field}.correct`, what: "there are no test examples" }];
  if (bytes !== due)
    return [
      shouldBe(
        `${field}.correct`,
        `${String(bytes)} bytes`,
        `${String(due)} bytes`,
        `what ${String(examples)} examples need`,
      ),
    ];
  const correct = unpackCorrectness(task.correct, examples);
  if (packCorrectness(correct.map(Boolean)) !== task.correct)
    return [{ field: `${field}.correct`, what: "bits after the last example are set" }];
  const right = correct.reduce((total, one) => total + one, 0);
  return [
    ...(task.accuracy === undefined || isSame(task.accuracy, right / examples)
      ? []
      : [shouldBe(`${field}.accuracy`, task.accuracy, right / examples, "what its examples give")]),
    ...calibrationFaults(`${field}.calibration`, task.calibration, examples, right),
  ];
}

/** Checks that tasks have names of their own, and that validation is of them, or of all tasks together by the name of a metric. */
function taskFaults({ tasks, validation }: SharedExamples | OwnExamples): readonly Fault[] {
  const ids = tasks.map(({ id }) => id);
  const twice = ids.findIndex((id, at) => ids.indexOf(id) !== at);
  const stranger = Object.keys(validation).find((id) => !ids.includes(id) && metricNamed(id) === undefined);
  return [
    ...(ids.length === 0 ? [{ field: "result.tasks", what: "there are no tasks" }] : []),
    ...(twice < 0
      ? []
      : [{ field: `result.tasks.${String(twice)}.id`, what: `task ${ids[twice] ?? ""} stands twice` }]),
    ...(stranger === undefined
      ? []
      : [{ field: `result.validation.${stranger}`, what: "there is no task of this name" }]),
  ];
}

/** Checks tasks that share their examples. */
export const sharedExamplesFaults = (result: SharedExamples): readonly Fault[] => [
  ...taskFaults(result),
  ...result.tasks.flatMap((task, at) => labelFaults(`result.tasks.${String(at)}`, task, result.examples)),
];

/** Checks one task that has examples of its own. */
export function ownTaskFaults(field: string, task: TaskResult): readonly Fault[] {
  if (task.target === "class") return labelFaults(field, task, task.examples);
  return (["squaredError", "absoluteError", "squaredDeviation"] as const).flatMap((name) =>
    lengthFaults(`${field}.${name}`, task[name], task.examples, "test example"),
  );
}

/** Checks tasks that have examples of their own. */
export const ownExamplesFaults = (result: OwnExamples): readonly Fault[] => [
  ...taskFaults(result),
  ...result.tasks.flatMap((task, at) => ownTaskFaults(`result.tasks.${String(at)}`, task)),
];
