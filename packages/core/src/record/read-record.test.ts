import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { buildRecord, findProtocol } from "../testing/index.ts";
import { metricsOf } from "./metrics/index.ts";
import { printableRecord } from "./printable-record.ts";
import { readRecord } from "./read-record.ts";
import type { TaskResult, TrialResult } from "./result.ts";
import type { TrialRecord } from "./trial-record.ts";

const results = new URL("../../../../results/", import.meta.url);
const stored = readdirSync(results)
  .filter((file) => /^[0-9a-f]{64}\.json$/.test(file))
  .map((file) => readFileSync(new URL(file, results), "utf8"));
const records = stored.map((text) => readRecord(text, "a file"));

const storedOf = (is: (record: TrialRecord) => boolean) =>
  JSON.stringify(records.find((record) => record.status === "completed" && is(record)));
const texts = {
  episodes: storedOf(
    (one) =>
      one.status === "completed" &&
      one.result.kind === "few-shot-classification" &&
      !one.result.oneShot &&
      one.result.queriesPerEpisode === 75 &&
      one.trainingCurve.length > 0,
  ),
  functions: storedOf((one) => one.spec.protocol.kind === "few-shot-regression"),
  tasks: storedOf((one) => one.spec.protocol.kind === "multi-task"),
  retested: storedOf((one) => "robustness" in one),
};

/** Two tasks of numbers, of two and of one number per example, that lie 0.5 from the truth. */
const valuesTask = (id: string, examples: number, numbers: number): TaskResult => ({
  target: "values",
  id,
  examples,
  squaredError: Array.from({ length: examples }, () => numbers * 0.25),
  absoluteError: Array.from({ length: examples }, () => numbers * 0.5),
  squaredDeviation: Array.from({ length: examples }, (_, at) => 1 + at),
});
const classTask: TaskResult = {
  target: "class",
  id: "c",
  examples: 4,
  precision: 0.5,
  recall: 0.5,
  f1: 0.5,
  correct: "wA==", // 1100 0000
  negativeLogLikelihood: 0.5,
  calibration: Array.from({ length: 15 }, (_, at) => (at === 14 ? [4, 2, 3.9] : [0, 0, 0])),
};
const ownExamples = (tasks: TaskResult[], numbers: Readonly<Record<string, number>> = {}) => {
  // Numbers are validated over all tasks together, classes task by task.
  const validation = Object.fromEntries(
    tasks.map(({ id, target }) => [target === "values" ? "explained variance" : id, 0.3]),
  );
  const outcome: TrialResult = { kind: "multi-task-own-examples", tasks, validation };
  const record = buildRecord({ protocol: findProtocol("multi-task/multi-mnist").at("quick"), outcome });
  return JSON.stringify({ ...record, metrics: metricsOf(outcome, (task) => numbers[task] ?? 1) });
};
const own = {
  values: ownExamples([valuesTask("a", 3, 2), valuesTask("b", 2, 2)], { a: 2, b: 2 }),
  classes: ownExamples([classTask]),
};

type Path = readonly (string | number)[];

/** The text with the value at a path replaced. */
function changed(text: string, path: Path, value: unknown): string {
  const record = JSON.parse(text) as Record<string | number, unknown>;
  let at = record;
  for (const step of path.slice(0, -1)) at = at[step] as typeof at;
  at[path.at(-1) ?? ""] = value;
  return JSON.stringify(record);
}

describe("a stored record", () => {
  it("of this repository is read, metrics and all", () => {
    expect(records.length).toBeGreaterThan(90);
    expect(Object.values(texts).every((text) => text.startsWith("{"))).toBe(true);
  });

  it("may differ in the last digits of a float", () => {
    const record = records.find((one) => one.status === "completed");
    const value = record?.status === "completed" ? (record.metrics[0]?.value ?? 0) : 0;
    const text = JSON.stringify(record);
    expect(() => readRecord(changed(text, ["metrics", 0, "value"], value * (1 + 1e-14)), "f")).not.toThrow();
    expect(() => readRecord(changed(text, ["metrics", 0, "value"], value * (1 + 1e-9)), "f")).toThrow(
      /metrics\.0/,
    );
  });

  it("of tasks with examples of their own is read, however many numbers a task predicts", () => {
    expect(() => readRecord(own.values, "f")).not.toThrow();
    expect(() => readRecord(own.classes, "f")).not.toThrow();
  });

  it.each<[string, string, Path, unknown, RegExp]>([
    [
      "999 right of 75",
      texts.episodes,
      ["result", "correct", 0, 3],
      999,
      /result\.correct\.0\.3: 999 is stored, but there are 75/,
    ],
    [
      "a metric changed by hand",
      texts.episodes,
      ["metrics", 0, "value"],
      0.99,
      /metrics\.0\.value \(accuracy\): 0\.99 is stored, 0\.\d+ is computed/,
    ],
    [
      "an interval changed by hand",
      texts.episodes,
      ["metrics", 0, "interval", "low"],
      0.1,
      /metrics\.0\.interval\.low/,
    ],
    [
      "another number of episodes behind a metric",
      texts.episodes,
      ["metrics", 0, "count"],
      7,
      /metrics\.0\.count/,
    ],
    ["a metric left out", texts.episodes, ["metrics"], [], /metrics: no accuracy is stored/],
    [
      "an episode changed by hand",
      texts.episodes,
      ["result", "correct", 1, 0],
      0,
      /metrics|recall|calibration/,
    ],
    ["a step left out", texts.episodes, ["result", "correct"], [], /result\.correct: a list of 0 is stored/],
    ["a headline that is no step", texts.episodes, ["result", "headlineStep"], 999, /result\.headlineStep/],
    ["an episode's F1 changed by hand", texts.episodes, ["result", "f1", 0], 0.123, /macro F1/],
    [
      "an episode's recall changed by hand",
      texts.episodes,
      ["result", "recall", 0],
      0.123,
      /result\.recall\.0/,
    ],
    [
      "other queries than its protocol's",
      texts.episodes,
      ["result", "queriesPerEpisode"],
      7,
      /result\.queriesPerEpisode: 7 is stored, 75/,
    ],
    ["a training point that is not there", texts.episodes, ["selected"], 999, /selected: 999/],
    ["a curve without its seconds", texts.episodes, ["cost", "curveSeconds"], [], /cost\.curveSeconds/],
    ["a squared error changed by hand", texts.functions, ["result", "squaredError", 0, 0], 123, /metrics/],
    [
      "functions left out",
      texts.functions,
      ["result", "squaredError", 0],
      [1],
      /result\.squaredError\.0: a list of 1/,
    ],
    [
      "a task's accuracy changed by hand",
      texts.tasks,
      ["result", "tasks", 0, "accuracy"],
      0.5,
      /result\.tasks\.0\.accuracy: 0\.5 is stored/,
    ],
    [
      "a task's answers changed by hand",
      texts.tasks,
      ["result", "tasks", 0, "correct"],
      "////",
      /result\.tasks\.0\.correct: 3 bytes/,
    ],
    [
      "a task that stands twice",
      texts.tasks,
      ["result", "tasks", 1, "id"],
      "left",
      /task left stands twice|metrics/,
    ],
    [
      "more right than there were predictions",
      own.classes,
      ["result", "tasks", 0, "calibration", 0],
      [1, 2, 0.1],
      /calibration\.0/,
    ],
    [
      "a changed test's answers beyond the limit",
      texts.retested,
      ["robustness", "variants", 0, "correct", 0],
      999,
      /robustness\.variants\.0\.correct\.0: 999/,
    ],
    [
      "a changed test's accuracy changed by hand",
      texts.retested,
      ["robustness", "variants", 0, "metrics", 0, "value"],
      0.999,
      /robustness\.variants\.0\.metrics\.0\.value/,
    ],
    [
      "a changed test's F1 outside its interval",
      texts.retested,
      ["robustness", "variants", 0, "metrics", 1, "value"],
      1.5,
      /robustness\.variants\.0\.metrics\.1\.value/,
    ],
    [
      "a changed test of fewer episodes",
      texts.retested,
      ["robustness", "variants", 0, "correct"],
      [1],
      /robustness\.variants\.0\.correct: a list of 1/,
    ],
    [
      "errors left out",
      own.values,
      ["result", "tasks", 0, "squaredError"],
      [0.5],
      /result\.tasks\.0\.squaredError: a list of 1/,
    ],
    [
      "an error of a task changed by hand",
      own.values,
      ["result", "tasks", 1, "absoluteError", 0],
      9,
      /mean absolute error/,
    ],
    [
      "a mean error of a task changed by hand",
      own.values,
      ["metrics", 5, "value"],
      0.01,
      /is computed from the stored answers/,
    ],
    [
      "a class of a task changed by hand",
      own.classes,
      ["result", "tasks", 0, "correct"],
      "4A==",
      /calibration|accuracy/,
    ],
    ["bits beyond the last example", own.classes, ["result", "tasks", 0, "correct"], "wQ==", /correct/],
    ["an infinite number", texts.functions, ["cost", "testSeconds"], "1e999", /testSeconds/],
    [
      "a name that turns the direction of writing",
      texts.episodes,
      ["display", "algorithm", "title"],
      "a\u202Eb",
      /display\.algorithm\.title: it holds the character \\u\{202e\}/,
    ],
    [
      "a label with an escape sequence",
      texts.episodes,
      ["display", "algorithm", "label"],
      "a\u001B[2Jb",
      /label: it holds the character \\u\{001b\}/,
    ],
    [
      "a title of two lines",
      texts.episodes,
      ["display", "dataset", "title"],
      "a\nb",
      /title: it holds the character \\u\{000a\}/,
    ],
    ["a key with a control character", texts.episodes, ["display", "a\u0007"], 1, /display\.a\\u\{0007\}/],
  ])("is refused with %s", (_, text, path, value, says) => {
    const read = () => readRecord(changed(text, path, value), "some.json");
    expect(read).toThrow(says);
    expect(read).toThrow(/^some\.json is not a valid trial record: /);
    expect(read).toThrow(/[Rr]estore/);
  });

  it("is refused where a key stands twice, with its line", () => {
    const twice = (stored[0] ?? "").replace(
      '{\n  "schemaVersion": 1,',
      '{\n  "schemaVersion": 1,\n  "schemaVersion": 1,',
    );
    expect(() => readRecord(twice, "some.json")).toThrow(
      /the key "schemaVersion" stands twice in one object, at line 3/,
    );
  });

  it("can be read when its messages and log came from outside", () => {
    const record = buildRecord({
      outcome: {
        status: "failed",
        code: "trial-failed",
        message: "a\u202Eb",
        log: "\u001B[2Jline\nnext\ttab",
      },
    });
    const read = readRecord(JSON.stringify(printableRecord(record)), "f");
    expect(read.status === "failed" && read.error).toEqual({
      code: "trial-failed",
      message: "a\\u{202e}b",
      log: "\\u{001b}[2Jline\nnext\ttab",
    });
  });
});
