import { describe, expect, it } from "vitest";
import { golden } from "../golden.test-support.ts";
import { confusionMatrix, emptyConfusion } from "./confusion.ts";
import { addErrorSums, errorSums, noErrors, regressionScores } from "./regression.ts";
import { meanIntersectionOverUnion, pixelAccuracy } from "./segmentation.ts";

describe("segmentation", () => {
  it("agrees with scikit-learn's jaccard_score over the classes that are there or predicted", () => {
    const { labels, predictions, meanIou } = golden.classification;
    expect(meanIntersectionOverUnion(confusionMatrix(labels, predictions, 5))).toBeCloseTo(meanIou, 12);
  });

  it("counts a class that is only predicted as 0", () => {
    // Class 0: 1 of 2; class 1: 0 of 1.
    expect(meanIntersectionOverUnion(confusionMatrix([0, 0], [0, 1], 3))).toBe(0.25);
  });

  it("excludes ignored pixels from both scores", () => {
    const matrix = confusionMatrix([0, 1, 9, 9], [0, 0, 0, 1], 2, 9);
    expect(pixelAccuracy(matrix)).toBe(0.5);
    expect(meanIntersectionOverUnion(matrix)).toBe(0.25);
  });

  it("is not applicable without pixels", () => {
    expect(meanIntersectionOverUnion(emptyConfusion(3))).toBeNull();
    expect(pixelAccuracy(emptyConfusion(3))).toBeNull();
  });
});

describe("regression", () => {
  const { truth, predictions, mse, rmse, absolute, relative } = golden.regression;

  it("agrees with scikit-learn, also when pooled from pieces of unlike size", () => {
    const pieces = addErrorSums(
      errorSums(truth.slice(0, 3), predictions.slice(0, 3)),
      errorSums(truth.slice(3), predictions.slice(3)),
    );
    for (const scores of [regressionScores(errorSums(truth, predictions)), regressionScores(pieces)]) {
      expect(scores.meanSquaredError).toBeCloseTo(mse, 12);
      expect(scores.rootMeanSquaredError).toBeCloseTo(rmse, 12);
      expect(scores.absoluteError).toBeCloseTo(absolute, 12);
      expect(scores.relativeError).toBeCloseTo(relative, 12);
    }
  });

  it("masks zero depth", () => {
    expect(errorSums([0, 2], [7, 3], 0)).toEqual({ count: 1, absolute: 1, squared: 1, relative: 0.5 });
  });

  it("has no relative error where some truth is 0, and no error without points", () => {
    expect(regressionScores(errorSums([0, 2], [1, 2])).relativeError).toBeNull();
    expect(regressionScores(errorSums([0, 2], [0, 2])).relativeError).toBeNull();
    expect(Object.values(regressionScores(noErrors))).toEqual([null, null, null, null]);
  });
});
