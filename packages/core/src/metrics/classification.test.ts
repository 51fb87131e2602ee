import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { golden } from "../golden.test-support.ts";
import { accuracy, macroScores } from "./classification.ts";
import { addToConfusion, confusionMatrix, emptyConfusion } from "./confusion.ts";

const { labels, predictions, ...expected } = golden.classification;
const pairs = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 40 });

describe("accuracy and macroScores", () => {
  it("agree with scikit-learn, a class that is never there and never predicted counting as 0", () => {
    const matrix = confusionMatrix(labels, predictions, 5);
    expect(Array.from(matrix.counts)).toEqual(expected.confusion);
    expect(accuracy(labels, predictions)).toBeCloseTo(expected.accuracy, 12);
    const { precision, recall, f1 } = macroScores(matrix);
    expect(precision).toBeCloseTo(expected.precision, 12);
    expect(recall).toBeCloseTo(expected.recall, 12);
    expect(f1).toBeCloseTo(expected.f1, 12);
  });

  it("are 1 for a perfect prediction of all classes, 0 where nothing is right", () => {
    expect(macroScores(confusionMatrix([0, 1, 2], [0, 1, 2], 3))).toEqual({ precision: 1, recall: 1, f1: 1 });
    expect(macroScores(confusionMatrix([0, 1], [1, 0], 2))).toEqual({ precision: 0, recall: 0, f1: 0 });
  });

  it("keep recall at accuracy where every class has as many examples", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 15, maxLength: 15 }), (predicted) => {
        const truth = predicted.map((_, i) => i % 5);
        expect(macroScores(confusionMatrix(truth, predicted, 5)).recall).toBeCloseTo(
          accuracy(truth, predicted),
          12,
        );
      }),
    );
  });

  it("refuse other lengths, and no labels at all", () => {
    expect(() => accuracy([0, 1], [0])).toThrow(expect.objectContaining({ code: "contract-broken" }));
    expect(() => accuracy([], [])).toThrow(/no predictions/);
  });
});

describe("confusionMatrix", () => {
  it("can be added up in pieces", () => {
    fc.assert(
      fc.property(pairs, fc.nat(40), (all, cut) => {
        const whole = confusionMatrix(
          all.map(([t]) => t),
          all.map(([, p]) => p),
          4,
        );
        const pieces = emptyConfusion(4);
        for (const part of [all.slice(0, cut), all.slice(cut)])
          addToConfusion(
            pieces,
            part.map(([t]) => t),
            part.map(([, p]) => p),
          );
        expect(pieces).toEqual(whole);
      }),
    );
  });

  it("leaves out ignored labels, whatever was predicted there", () => {
    expect(confusionMatrix([0, 255, 1], [0, 99, 0], 2, 255)).toEqual(confusionMatrix([0, 1], [0, 0], 2));
  });

  it.each([
    [[2], [0]],
    [[0], [2]],
    [[0], [-1]],
    [[0], [0.5]],
    [[0], [Number.NaN]],
  ])("refuses label %j with prediction %j of two classes", (truth, predicted) => {
    expect(() => confusionMatrix(truth, predicted, 2)).toThrow(/give integers of 0 to 1/);
  });
});
