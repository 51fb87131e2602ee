import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { golden } from "../golden.test-support.ts";
import { MetabenchError } from "../errors.ts";
import { randomStream } from "./random.ts";

const path = fc.string({ maxLength: 20 });

/** Pearson's statistic of counts that should all be equal. */
function chiSquare(counts: ArrayLike<number>, total: number): number {
  const expected = total / counts.length;
  return Array.from(counts).reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe("randomStream", () => {
  it("agrees with xoroshiro128+ written in Python on 64-bit integers, seeded by hashlib", () => {
    const random = randomStream(golden.stream.path);
    expect(golden.stream.words.map(() => random.uint32())).toEqual(golden.stream.words);
  });

  it("is fixed by its path alone, and fork by path and name alone", () => {
    fc.assert(
      fc.property(path, path, fc.nat(50), (name, child, drawn) => {
        const random = randomStream(name);
        for (let i = 0; i < drawn; i += 1) random.uint32();
        expect(random.fork(child).path).toBe(`${name}/${child}`);
        expect(random.fork(child).permutation(20)).toEqual(randomStream(`${name}/${child}`).permutation(20));
      }),
    );
  });

  it("gives other numbers for another path", () => {
    expect(randomStream("a").permutation(50)).not.toEqual(randomStream("b").permutation(50));
  });

  it("goes on bit-identically from a state that went through JSON", () => {
    fc.assert(
      fc.property(path, fc.nat(30), (name, drawn) => {
        const random = randomStream(name);
        for (let i = 0; i < drawn; i += 1) random.uniform();
        const state: number[] = JSON.parse(JSON.stringify(random.state()));
        const expected = random.permutation(30);
        const other = randomStream("elsewhere");
        other.restore(state);
        expect(other.permutation(30)).toEqual(expected);
      }),
    );
  });

  it.each([[[1, 2, 3]], [[0, 0, 0, 0]], [[1, 2, 3, 0.5]], [[1, 2, 3, 2 ** 31]]])(
    "refuses the state %j",
    (state) => {
      expect(() => randomStream("a").restore(state)).toThrow(MetabenchError);
    },
  );
});

describe("uniform and approximateNormal", () => {
  it("stay in [0, 1), with mean 1/2 and variance 1/12", () => {
    const random = randomStream("uniform");
    const draws = Float64Array.from({ length: 20_000 }, () => random.uniform());
    expect(draws.every((x) => x >= 0 && x < 1)).toBe(true);
    const mean = draws.reduce((a, b) => a + b) / draws.length;
    expect(mean).toBeCloseTo(0.5, 2);
    expect(draws.reduce((a, b) => a + (b - mean) ** 2, 0) / draws.length).toBeCloseTo(1 / 12, 2);
  });

  it("has mean 0, variance 1 and the quarters of a normal", () => {
    const random = randomStream("normal");
    const draws = Float64Array.from({ length: 20_000 }, () => random.approximateNormal()).sort();
    expect(draws.reduce((a, b) => a + b) / draws.length).toBeCloseTo(0, 1);
    expect(draws.reduce((a, b) => a + b * b, 0) / draws.length).toBeCloseTo(1, 1);
    // 75 % point of the normal distribution: 0.6745.
    expect(draws[15_000]).toBeCloseTo(0.6745, 1);
  });
});

describe("below", () => {
  // 99.9 % points of chi-square, scipy 1.17.1 stats.chi2.ppf(0.999, n - 1).
  it.each([
    [2, 10.827566170662733],
    [7, 22.457744484825323],
    [64, 103.44237810170613],
    [100, 148.2303594263642],
  ])("is uniform over %i values", (n, limit) => {
    const random = randomStream(`below/${n}`);
    const counts = new Uint32Array(n);
    for (let i = 0; i < 50_000; i += 1) {
      const draw = random.below(n);
      counts[draw] = (counts[draw] ?? 0) + 1;
    }
    expect(chiSquare(counts, 50_000)).toBeLessThan(limit);
  });

  it("is unbiased where n does not divide 2³²: a third of draws below 3 · 2³⁰ lies in each third", () => {
    const random = randomStream("below/large");
    const n = 3 * 2 ** 30;
    const counts = [0, 0, 0];
    for (let i = 0; i < 30_000; i += 1) {
      const third = Math.floor((3 * random.below(n)) / n);
      counts[third] = (counts[third] ?? 0) + 1;
    }
    // 13.8: 99.9 % point for 2 degrees of freedom.
    expect(chiSquare(counts, 30_000)).toBeLessThan(13.8);
  });

  it.each([0, -1, 1.5, 2 ** 32 + 1, Number.NaN])("refuses %d", (n) => {
    expect(() => randomStream("a").below(n)).toThrow(/give a bound that is an integer from 1 to 4294967296/);
  });
});

describe("permutation, shuffle and choose", () => {
  it("permutes", () => {
    fc.assert(
      fc.property(path, fc.nat(200), (name, n) => {
        const order = randomStream(name).permutation(n);
        expect(Array.from(order).sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
    );
  });

  it("shuffles in place, and returns the same list", () => {
    const list = ["a", "b", "c", "d"];
    expect(randomStream("a").shuffle(list)).toBe(list);
    expect(list.toSorted()).toEqual(["a", "b", "c", "d"]);
  });

  it("makes all 24 orders of four equally likely", () => {
    const random = randomStream("orders");
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i += 1) {
      const order = random.permutation(4).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    // 99.9 % point for 23 degrees of freedom: 49.7.
    expect(chiSquare(Array.from(counts.values()), 24_000)).toBeLessThan(49.7);
  });

  it("makes all 60 ordered choices of three of five equally likely", () => {
    const random = randomStream("choices");
    const counts = new Map<string, number>();
    for (let i = 0; i < 60_000; i += 1) {
      const choice = random.choose(5, 3).join("");
      counts.set(choice, (counts.get(choice) ?? 0) + 1);
    }
    expect(counts.size).toBe(60);
    // 99.9 % point for 59 degrees of freedom: 98.3.
    expect(chiSquare(Array.from(counts.values()), 60_000)).toBeLessThan(98.4);
  });

  /** The definition: the first steps of Fisher–Yates on the whole array. */
  const byDefinition = (name: string, n: number, count: number) => {
    const random = randomStream(name);
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = 0; i < count; i += 1) {
      const other = i + random.below(n - i);
      [order[i], order[other]] = [order[other] ?? 0, order[i] ?? 0];
    }
    return order.slice(0, count);
  };

  it("chooses as Fisher–Yates on the whole array would, however little it keeps", () => {
    const sizes = fc
      .integer({ min: 0, max: 3000 })
      .chain((n) => fc.tuple(fc.constant(n), fc.nat(Math.min(n, 150))));
    fc.assert(
      fc.property(path, sizes, (name, [n, count]) => {
        expect(Array.from(randomStream(name).choose(n, count))).toEqual(byDefinition(name, n, count));
      }),
      {
        examples: [
          ["search", [64, 64]],
          ["array", [65, 65]],
          ["map", [3000, 65]],
        ],
      },
    );
  });

  it("chooses a few of four billion at once", () => {
    expect(new Set(randomStream("a").choose(2 ** 32, 64)).size).toBe(64);
  });

  it("refuses more than there are", () => {
    expect(() => randomStream("a").choose(3, 4)).toThrow(/4 distinct integers below 3/);
  });
});
