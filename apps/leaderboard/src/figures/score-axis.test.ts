import { describe, expect, it } from "vitest";
import { scoreAxis } from "./score-axis.ts";

const score = (mean: number, control = false, half = 0.5) => ({
  control,
  mean,
  low: mean - half,
  high: mean + half,
});

describe("the axis of scores", () => {
  it("holds methods with their intervals, and leaves controls that lie apart beside it", () => {
    const axis = scoreAxis([score(98), score(92.3), score(69.6, true), score(19.9, true)], 70);
    // 91.8 … 98.5, to halves of the power of ten below their distance of 6.7.
    expect([axis.low, axis.high]).toEqual([91.5, 98.5]);
    expect(axis.at(98)).toBeCloseTo(65, 10);
    expect([98, 91.5, 98.5].map((mean) => axis.side(mean))).toEqual(["within", "within", "within"]);
    expect(axis.side(69.6)).toBe("left");
  });

  it("leaves a control that beats all methods on the other side", () => {
    const axis = scoreAxis([score(0.11, false, 0.01), score(0.6, false, 0.01), score(1.45, true, 0.1)], 1);
    expect(axis.side(1.45)).toBe("right");
    expect(axis.side(0)).toBe("left");
  });

  it("holds a control that lies among methods", () => {
    expect(scoreAxis([score(60), score(20), score(34.9, true)], 1).side(34.9)).toBe("within");
  });

  it("holds everything where fewer than two methods learn", () => {
    const axis = scoreAxis([score(50), score(20, true)], 1);
    expect(axis.side(20)).toBe("within");
    expect(axis.side(50)).toBe("within");
  });
});
