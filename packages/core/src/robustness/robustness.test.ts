import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { axesOf } from "../axes/index.ts";
import { randomStream } from "../sampling/random.ts";
import { sha256Hex } from "../sampling/sha256.ts";
import { noisyPixels } from "./noisy-pixels.ts";
import { robustnessVariants, variantIds, variantsFor, whyNotApplicable } from "./variant.ts";
import { wrongLabels } from "./wrong-labels.ts";

const noisy = (image: Uint8Array, level: number, path: string) => {
  const copy = image.slice();
  noisyPixels(level)(copy, randomStream(path));
  return copy;
};

describe("variants", () => {
  it("have the levels of the protocol under their ids", () => {
    expect(robustnessVariants.map(({ id }) => id)).toEqual(variantIds);
    for (const { id, kind, level } of robustnessVariants) expect(id).toBe(`${kind}-${String(level)}`);
  });

  it("apply where there is something to change, and say why where not", () => {
    expect(variantsFor(axesOf("few-shot-classification"))).toHaveLength(6);
    expect(variantsFor(axesOf("multi-task")).map(({ kind }) => kind)).toEqual(Array(3).fill("input-noise"));
    expect(variantsFor(axesOf("few-shot-regression"))).toEqual([]);
    expect(whyNotApplicable({ kind: "wrong-labels" }, axesOf("multi-task"))).toMatch(/support set/);
    const vectors = axesOf("multi-task", { input: "vector", target: "values" });
    expect(variantsFor(vectors)).toEqual([]);
    expect(whyNotApplicable({ kind: "input-noise" }, vectors)).toMatch(/not images/);
  });
});

describe("noise on pixels", () => {
  const grey = new Uint8Array(20_000).fill(128);

  it("has the deviation asked for and no drift, where nothing is clipped", () => {
    const values = noisy(grey, 0.1, "grey");
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(mean).toBeCloseTo(128, -0.3);
    // σ = 25.5; four standard errors of a standard deviation are 2 %.
    expect(Math.sqrt(variance) / 25.5).toBeGreaterThan(0.98);
    expect(Math.sqrt(variance) / 25.5).toBeLessThan(1.02);
  });

  it("is clipped to the range: half of black stays black", () => {
    const black = noisy(new Uint8Array(20_000), 0.4, "black");
    const share = black.reduce((count, value) => count + Number(value === 0), 0) / black.length;
    expect(share).toBeCloseTo(0.5, 1);
    expect(noisy(new Uint8Array(1000).fill(255), 0.4, "white").every((value) => value <= 255)).toBe(true);
  });

  it("is the same from one stream, more of the same at a higher level, and another from another stream", () => {
    expect(noisy(grey, 0.2, "a")).toEqual(noisy(grey, 0.2, "a"));
    expect(noisy(grey, 0.2, "a")).not.toEqual(noisy(grey, 0.2, "b"));
    const [low, high] = [noisy(grey, 0.1, "a"), noisy(grey, 0.2, "a")];
    expect(low.every((value, at) => Math.abs(value - 128) <= Math.abs((high[at] ?? 0) - 128))).toBe(true);
  });

  // Another value here is another definition, and raises its version. The first eight: 128 + round(25.5 · Φ⁻¹((d + ½) / 2³²)) of the stream's
  // draws d by Python's statistics.NormalDist; the hash was made by this code.
  it("is frozen", () => {
    expect(Array.from(noisy(grey.slice(0, 8), 0.1, "frozen"))).toEqual([
      103, 149, 128, 169, 134, 99, 143, 164,
    ]);
    expect(sha256Hex(noisy(grey, 0.4, "frozen"))).toBe(
      "48b6dcd256e68f81f4529eadc49e3cdcef1540396fcd43ecf6cb24110c303804",
    );
  });
});

describe("wrong labels", () => {
  const support = (ways: number, shots: number) =>
    Uint32Array.from({ length: ways * shots }, (_, at) => 1000 + at);

  it("take an image of another class, each equally likely, at the rate asked for", () => {
    const [ways, shots] = [5, 4];
    const clean = support(ways, shots);
    for (const probability of [0.1, 0.2, 0.4]) {
      const random = randomStream(`labels/${String(probability)}`);
      const others = new Array<number>(ways).fill(0);
      const episodes = 4000;
      for (let episode = 0; episode < episodes; episode += 1)
        for (const [at, image] of wrongLabels(clean, ways, probability, random).entries()) {
          const shift = (Math.floor((image - 1000) / shots) - Math.floor(at / shots) + ways) % ways;
          others[shift] = (others[shift] ?? 0) + 1;
        }
      const labels = episodes * clean.length;
      const wrong = 1 - (others[0] ?? 0) / labels;
      // Four standard errors of a share of 80,000 are 0.7 % at most.
      expect(Math.abs(wrong - probability)).toBeLessThan(0.007);
      for (const count of others.slice(1))
        expect(Math.abs(count / labels - probability / (ways - 1))).toBeLessThan(0.005);
    }
  });

  it("come from the episode's support alone, and stay wrong when more of them are", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 20 }),
        fc.integer({ min: 1, max: 5 }),
        fc.string(),
        (ways, shots, path) => {
          const clean = support(ways, shots);
          const at = (probability: number) => wrongLabels(clean, ways, probability, randomStream(path));
          const [few, many] = [at(0.1), at(0.4)];
          expect(few.every((image) => clean.includes(image))).toBe(true);
          for (const [slot, image] of few.entries())
            if (image !== clean[slot]) {
              expect(many[slot]).toBe(image);
              expect(Math.floor((image - 1000) / shots)).not.toBe(Math.floor(slot / shots));
            }
          expect(at(0)).toEqual(clean);
        },
      ),
      { numRuns: 50 },
    );
  });

  // Of the stream's numbers only the first is below 0.4 (0.166, then 0.946, 0.720, 0.747, 0.905); the other class is 0 + 1 + 3.
  it("are frozen", () => {
    expect(Array.from(wrongLabels(support(5, 1), 5, 0.4, randomStream("frozen")))).toEqual([
      1004, 1001, 1002, 1003, 1004,
    ]);
  });

  it("need another class, and classes of one size", () => {
    const refused = expect.objectContaining({ code: "invalid-usage" });
    expect(() => wrongLabels(support(1, 3), 1, 0.1, randomStream("x"))).toThrow(refused);
    expect(() => wrongLabels(Uint32Array.of(1, 2, 3), 2, 0.1, randomStream("x"))).toThrow(refused);
  });
});
