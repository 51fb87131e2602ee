import { tensor2d, type Tensor2D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../backend/index.ts";
import { drawPredictors, labelsOf, sharedSteps, stepsOf } from "./adaptation.ts";
import { inScope } from "./scope.ts";

beforeAll(async () => {
  await startBackend({ threads: 1 });
});

/** Predictors that answer with the step they stand at; `drawn` is how many were made. */
function counting(count: number) {
  const made = { drawn: 0 };
  function* predictors() {
    for (let step = 0; step < count; step += 1) {
      made.drawn += 1;
      yield { predict: (): Tensor2D => tensor2d([[step]]) };
    }
  }
  return { made, predictors: predictors() };
}

const asked = (count: number, adaptationSteps: number, wanted: readonly number[]) => {
  const { made, predictors } = counting(count);
  const answers: number[][] = [];
  const steps = drawPredictors(predictors, { adaptationSteps }, wanted, ({ step, predict }) => {
    answers.push([step, predict(tensor2d([[0]])).dataSync()[0] ?? NaN]);
  });
  return { steps, answers, drawn: made.drawn };
};

describe("the steps that are looked at", () => {
  it("are those of the curve, and the headline where it lies beyond", () => {
    expect(stepsOf({ adaptationSteps: 2 }, 3)).toEqual([0, 1, 2, 3]);
    expect(stepsOf({ adaptationSteps: 100 }, 2)).toEqual([0, 1, 2, 100]);
  });

  it("are asked of the predictor that stands there, and nothing is drawn beyond the last", () => {
    expect(asked(1000, 5, [0, 1, 5])).toEqual({
      steps: [0, 1, 5],
      answers: [
        [0, 0],
        [1, 1],
        [5, 5],
      ],
      drawn: 6,
    });
  });

  it("are one where a learner adapts in one go", () => {
    expect(asked(1, 0, [0, 1, 2])).toMatchObject({ steps: [0] });
  });

  it("must reach the declared one", () => {
    expect(() => asked(3, 5, [0, 1, 5])).toThrow(
      expect.objectContaining({
        code: "contract-broken",
        message: expect.stringMatching(/after 3 predictors.*declares 5.*yield one/),
      }),
    );
  });

  it("must be the same for all episodes", () => {
    expect(sharedSteps([{ steps: [0, 1] }, { steps: [0, 1] }])).toEqual([0, 1]);
    expect(() => sharedSteps([{ steps: [0, 1] }, { steps: [0] }])).toThrow(/from episode to episode/);
  });
});

describe("what adapt() returns", () => {
  const predict = () => tensor2d([[0]]);
  it.each<[string, unknown, RegExp]>([
    ["nothing", undefined, /^adapt\(\) must return its predictors one by one.*, not nothing\.$/],
    ["a promise", Promise.resolve(), /not a promise\.$/],
    ["one predictor", { predict }, /not an object\.$/],
    [
      "an asynchronous generator",
      (async function* () {
        yield { predict };
      })(),
      /not an asynchronous generator\.$/,
    ],
    ["functions", [predict], /must return predictors \{ predict \} .*, not a function\.$/],
  ])("is refused where it is %s", (_, returned, says) => {
    const draw = () =>
      drawPredictors(
        returned as Iterable<{ predict: typeof predict }>,
        { adaptationSteps: 0 },
        [0],
        () => undefined,
      );
    expect(draw).toThrow(
      expect.objectContaining({ code: "contract-broken", message: expect.stringMatching(says) }),
    );
  });
});

describe("labels of logits", () => {
  const logits = [
    [0, 2, 1],
    [5, -1, 4],
  ];

  it("are where each row is highest", () => {
    inScope(() => {
      expect([...labelsOf(tensor2d(logits), 2, 3)]).toEqual([1, 0]);
    });
  });

  it.each([
    [3, 3],
    [2, 5],
  ])("are refused for another shape than [%i, %i], in numbers", (count, ways) => {
    inScope(() => {
      expect(() => labelsOf(tensor2d(logits), count, ways)).toThrow(
        expect.objectContaining({
          code: "contract-broken",
          message: expect.stringContaining(`return logits [${String(count)}, ${String(ways)}]`),
        }),
      );
    });
  });

  it.each([undefined, [0, 1], Promise.resolve()])("are refused where they are no tensor: %s", (value) => {
    expect(() => labelsOf(value as unknown as Tensor2D, 1, 2)).toThrow(
      expect.objectContaining({
        code: "contract-broken",
        message: expect.stringMatching(/^predict\(\) must return a tensor, not/),
      }),
    );
  });

  it.each([NaN, Infinity])("are refused where one is %s", (value) => {
    inScope(() => {
      expect(() => labelsOf(tensor2d([[0, value]]), 1, 2)).toThrow(
        expect.objectContaining({ code: "not-finite" }),
      );
    });
  });
});
