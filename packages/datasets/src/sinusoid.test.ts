import { randomStream, type FunctionFamily } from "@metabench/core";
import { beforeAll, describe, expect, it } from "vitest";
import { sinusoid } from "./sinusoid.ts";

let family: FunctionFamily;
beforeAll(async () => {
  const data = await sinusoid.prepare({}, {});
  if (data.kind !== "function-family") throw new TypeError(data.kind);
  family = data;
});

describe("sinusoid", () => {
  it("draws A·sin(x − φ) with A in [0.1, 5] and φ in [0, π], over the whole of both", () => {
    const amplitudes: number[] = [];
    const phases: number[] = [];
    for (let i = 0; i < 2000; i += 1) {
      const f = family.draw(randomStream(`sinusoid/${String(i)}`));
      // f(π/2) = A cos φ and f(0) = −A sin φ give both back.
      const [cosine = 0] = f([Math.PI / 2]);
      const [negativeSine = 0] = f([0]);
      amplitudes.push(Math.hypot(cosine, negativeSine));
      phases.push(Math.atan2(-negativeSine, cosine));
      expect(f([1.3 + 2 * Math.PI])[0]).toBeCloseTo(f([1.3])[0] ?? Number.NaN, 9);
    }
    const within = (values: number[], low: number, high: number) => {
      const margin = (high - low) / 100;
      expect(Math.min(...values)).toBeGreaterThanOrEqual(low - 1e-9);
      expect(Math.max(...values)).toBeLessThanOrEqual(high + 1e-9);
      expect(Math.min(...values)).toBeLessThan(low + margin);
      expect(Math.max(...values)).toBeGreaterThan(high - margin);
      // Four standard errors of a uniform mean: 4 · range / √12 / √2000 = 0.026 of the range.
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      expect(Math.abs(mean - (low + high) / 2)).toBeLessThan(0.026 * (high - low));
    };
    within(amplitudes, 0.1, 5);
    within(phases, 0, Math.PI);
  });

  it("draws inputs of [−5, 5], the same from the same stream", () => {
    const draw = () => {
      const random = randomStream("inputs");
      return Array.from({ length: 1000 }, () => family.input(random)[0] ?? Number.NaN);
    };
    const inputs = draw();
    expect(draw()).toEqual(inputs);
    expect(Math.min(...inputs)).toBeGreaterThanOrEqual(-5);
    expect(Math.max(...inputs)).toBeLessThan(5);
  });

  it("asks on an even grid with both ends", () => {
    expect(family.grid(5)).toEqual([[-5], [-2.5], [0], [2.5], [5]]);
    expect(family.grid(100)).toHaveLength(100);
    expect(family.grid(1)).toEqual([[0]]);
  });

  it("takes no options", () => {
    expect(() => sinusoid.parseOptions({ noise: 1 })).toThrow(
      expect.objectContaining({ code: "invalid-options" }) as Error,
    );
  });
});
