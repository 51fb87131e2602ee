import { describe, expect, it } from "vitest";
import { multiTaskScorer } from "./multi-task.ts";

const tasks = [
  { id: "left", kind: "classification", classes: 2 },
  { id: "right", kind: "classification", classes: 3 },
] as const;
// Ten examples in canonical order, sent from the last to the first.
const left = Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 1, 1);
const right = Uint8Array.of(0, 1, 2, 0, 1, 2, 0, 1, 2, 0);
const order = Uint32Array.from({ length: 10 }, (_, at) => 9 - at);
const classesOf = { left: 2, right: 3 };
const answers = (task: keyof typeof classesOf, predictions: readonly number[]) => ({
  type: "answers" as const,
  kind: "multi-task" as const,
  from: 0,
  task,
  predictions: Uint8Array.from(predictions),
  // Every class equally likely.
  logProbabilities: new Float32Array(predictions.length * classesOf[task]).fill(-Math.log(classesOf[task])),
});
/** Empty bins, but for one. */
const bins = (at: number, [count, right, confidence]: readonly [number, number, number]) =>
  Array.from({ length: 15 }, (_, bin) =>
    bin === at ? [count, right, expect.closeTo(confidence, 5)] : [0, 0, 0],
  );
const scorer = () => multiTaskScorer(tasks, { left, right }, order, () => ({ left: 0.5, right: 0.25 }));

describe("multi-task learning is scored", () => {
  it("in canonical order, whatever order the images were sent in, one bit an example", () => {
    const one = scorer();
    // All 0 on the left: wrong at 0, 8 and 9. Bits 01111111 00, padded: 0x7f 0x00.
    one.add(
      answers(
        "left",
        Array.from({ length: 10 }, () => 0),
      ),
    );
    // As sent, from the last: right but for the first sent, which is example 9. Bits 11111111 10, padded: 0xff 0x80.
    one.add(answers("right", [1, 2, 1, 0, 2, 1, 0, 2, 1, 0]));
    const { result, metrics } = one.finish({ transductive: false });
    expect(result).toEqual({
      kind: "multi-task",
      examples: 10,
      tasks: [
        {
          id: "left",
          accuracy: 0.7,
          // Class 0: precision 7/10, recall 1, F1 14/17; class 1 was never answered: 0.
          precision: expect.closeTo(0.35, 12),
          recall: 0.5,
          f1: expect.closeTo(7 / 17, 12),
          correct: Buffer.from([0x7f, 0x00]).toString("base64"),
          negativeLogLikelihood: expect.closeTo(Math.log(2), 5),
          // Confidence 1/2, in bin 7 of 15: 7 of 10 are right.
          calibration: bins(7, [10, 7, 5]),
        },
        {
          id: "right",
          accuracy: 0.9,
          // Class 0: 1, 3/4, 6/7; class 1: 3/4, 1, 6/7; class 2: 1, 1, 1.
          precision: expect.closeTo(2.75 / 3, 12),
          recall: expect.closeTo(2.75 / 3, 12),
          f1: expect.closeTo((12 / 7 + 1) / 3, 12),
          correct: Buffer.from([0xff, 0x80]).toString("base64"),
          negativeLogLikelihood: expect.closeTo(Math.log(3), 5),
          // Confidence 1/3, at the upper end of bin 4 but for the last bit of float32: 9 of 10 are right.
          calibration: expect.arrayContaining([[10, 9, expect.closeTo(10 / 3, 5)]]),
        },
      ],
      validation: { left: 0.5, right: 0.25 },
    });
    expect(metrics.map(({ name, task }) => `${name} ${String(task)}`)).toEqual(
      ["left", "right"].flatMap((id) =>
        [
          "accuracy",
          "macro precision",
          "macro recall",
          "macro F1",
          "negative log-likelihood",
          "expected calibration error",
        ].map((name) => `${name} ${id}`),
      ),
    );
    expect(metrics[0]).toMatchObject({
      value: 0.7,
      count: 10,
      interval: { method: expect.stringMatching(/wilson/i) },
    });
  });

  it.each<[string, ReturnType<typeof answers>[], RegExp]>([
    ["a task without answers", [answers("left", [...left])], /task right was not answered/],
    ["too few answers", [answers("left", [1])], /1 predictions for 10 examples/],
    [
      "a label that no class has",
      [answers("left", [2, 0, 0, 0, 0, 0, 0, 0, 0, 0]), answers("right", [...right])],
      /task left is not below 2/,
    ],
  ])("never with %s", (_, messages, says) => {
    expect(() => {
      const one = scorer();
      for (const message of messages) one.add(message);
      one.finish({ transductive: false });
    }).toThrow(expect.objectContaining({ code: "contract-broken", message: expect.stringMatching(says) }));
  });
});
