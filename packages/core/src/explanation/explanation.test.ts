import { describe, expect, it } from "vitest";
import {
  checkExplanation,
  explainedBy,
  explanationFile,
  explanationLayout,
  packHeatMap,
  toBase64,
} from "./index.ts";
import type { Explanation } from "./index.ts";

const identity = "a".repeat(64);

/** One image of 4×6 in colour, of two classes with two support images each. */
const explanation = (): Explanation => ({
  schemaVersion: 1,
  identity,
  finishedAt: "2026-01-01T00:00:00Z",
  image: [4, 6, 3],
  kept: { block: 2, height: 2, width: 3 },
  saliency: { method: "gradient-times-input", state: "computed" },
  occlusion: { patch: 2, stride: 1, rows: 3, columns: 5 },
  pictures: [toBase64(new Uint8Array(18))],
  tasks: [
    {
      name: "episode 1",
      classes: 2,
      support: [{ picture: 0, label: 1 }],
      examples: [
        {
          picture: 0,
          label: 1,
          predicted: 0,
          probability: 0.75,
          saliency: packHeatMap([1, 2, 3, 4, 5, 6]),
          occlusion: packHeatMap(new Float32Array(15)),
          attention: [0.5, 0.25, 0.25, 0],
        },
      ],
    },
  ],
});

/** The explanation with its only example changed. */
const withExample = (change: object): unknown => {
  const one = explanation();
  return {
    ...one,
    tasks: one.tasks.map((task) => ({
      ...task,
      examples: task.examples.map((example) => ({ ...example, ...change })),
    })),
  };
};

describe("checkExplanation", () => {
  it("takes what is whole", () => {
    expect(checkExplanation(JSON.parse(JSON.stringify(explanation())), "a file", identity)).toEqual(
      explanation(),
    );
  });

  it.each([
    ["an unknown field", { ...explanation(), colour: "red" }, /Unrecognized key: "colour"/],
    ["another version", { ...explanation(), schemaVersion: 2 }, /schemaVersion: .*expected 1/],
    [
      "a picture cut off",
      { ...explanation(), pictures: [toBase64(new Uint8Array(17))] },
      /pictures\.0: 17 bytes, expected 18/,
    ],
    ["what is no base64", { ...explanation(), pictures: ["%"] }, /pictures\.0: Invalid base64/],
    [
      "a map of another size",
      withExample({ occlusion: packHeatMap([1]) }),
      /occlusion\.bytes: 1 bytes, expected 15/,
    ],
    [
      "a map that should not be",
      withExample({ saliency: null }),
      /saliency: does not go with saliency\.state "computed"/,
    ],
    [
      "a class that is not there",
      withExample({ predicted: 2 }),
      /examples\.0: its label, predicted class or picture/,
    ],
    [
      "a picture that is not there",
      withExample({ picture: 1 }),
      /examples\.0: its label, predicted class or picture/,
    ],
    [
      "attention of a wrong length",
      withExample({ attention: [1, 0, 0] }),
      /attention: no multiple of 2 classes/,
    ],
    [
      "another trial",
      { ...explanation(), identity: "b".repeat(64) },
      /identity: it is of trial b+, its name says a+/,
    ],
  ])("refuses %s, with file and field and what to do", (_, damaged, reason) => {
    const check = () => checkExplanation(damaged, "the file", identity);
    expect(check).toThrow(reason);
    expect(check).toThrow(/^the file is not a valid explanation of a trial: .* Delete the file and run/);
  });
});

it("has attention in every example of a task or in none, over the same support images", () => {
  const [task] = explanation().tasks;
  const [first] = task?.examples ?? [];
  const among = (...attentions: readonly (readonly number[] | null)[]) => ({
    ...explanation(),
    tasks: [{ ...task, examples: attentions.map((attention) => ({ ...first, attention })) }],
  });
  const check = (one: unknown) => checkExplanation(one, "the file", identity);
  expect(check(among(null, null)).tasks[0]?.examples).toHaveLength(2);
  const odd = /examples\.1\.attention: not as many values as the task's first example has/;
  expect(() => check(among([1, 0], null))).toThrow(odd);
  expect(() => check(among(null, [1, 0]))).toThrow(odd);
  expect(() => check(among([1, 0], [0.5, 0, 0.5, 0]))).toThrow(odd);
});

describe("the name of an explanation's file", () => {
  it("is told from a record's", () => {
    expect(explainedBy(explanationFile(identity))).toBe(identity);
    expect(explainedBy(`${identity}.json`)).toBeNull();
  });
});

describe("the layout", () => {
  it.each([
    [[28, 28, 1], { block: 1, height: 28, width: 28, patch: 6, stride: 2, rows: 12, columns: 12 }],
    [[84, 84, 3], { block: 2, height: 42, width: 42, patch: 17, stride: 6, rows: 12, columns: 12 }],
    [[36, 80, 1], { block: 2, height: 18, width: 40, patch: 7, stride: 3, rows: 10, columns: 25 }],
    [[1, 1, 1], { block: 1, height: 1, width: 1, patch: 1, stride: 1, rows: 1, columns: 1 }],
  ] as const)("of images of %j keeps patches within them", (image, layout) => {
    expect(explanationLayout(image)).toEqual(layout);
  });
});
