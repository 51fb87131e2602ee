import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomStream } from "../sampling/random.ts";
import { accuracyInterval } from "../statistics/crossed.ts";
import type { ScoredMethod, Verdict } from "./pairwise.ts";
import { comparePairwise, correctComparisons } from "./pairwise.ts";
import { paretoFront } from "./pareto.ts";
import { standings } from "./standings.ts";
import { rankByTieGroups } from "./tie-groups.ts";

/** Every pair of these means, significant where they differ by more than `gap`. */
function comparisonsBeyond(means: readonly { id: string; mean: number }[], gap: number): Verdict[] {
  return means.flatMap((a, i) =>
    means.slice(i + 1).map((b) => {
      const difference = a.mean - b.mean;
      return { a: a.id, b: b.id, difference, adjustedP: Math.abs(difference) > gap ? 0.01 : 0.5 };
    }),
  );
}

const named = (...means: number[]) => means.map((mean, i) => ({ id: "abcdefghij".charAt(i), mean }));

/** Methods with the given means on shared episodes, with a little noise of their own. */
function methods(means: readonly number[], seeds: number): ScoredMethod[] {
  const random = randomStream("ranking");
  const hard = Float64Array.from({ length: 40 }, () => 0.05 * random.approximateNormal());
  return means.map((mean, i) => ({
    id: `method-${i}`,
    scores: Array.from({ length: seeds }, () =>
      hard.map((h) => mean + h + 0.02 * random.approximateNormal()),
    ),
  }));
}

// Expected ranks by Meta-Dataset's rule on paper.
describe("rankByTieGroups", () => {
  const rank = (
    means: { id: string; mean: number }[],
    gap: number,
    direction: "higher" | "lower" = "higher",
  ) =>
    rankByTieGroups(means, comparisonsBeyond(means, gap), direction).map(({ id, rank, low, high }) => [
      id,
      rank,
      low,
      high,
    ]);

  it("lets all that do not differ from the best share the mean rank, then goes on with the rest", () => {
    // d does not differ from c, but from b and a; c not from b; the groups are {b, c} from the best, then {d, a}.
    expect(rank(named(0.5, 0.9, 0.8, 0.6), 0.25)).toEqual([
      ["b", 1.5, 1, 2],
      ["c", 1.5, 1, 3],
      ["d", 3.5, 2, 4],
      ["a", 3.5, 3, 4],
    ]);
  });

  it("gives plain ranks where all differ, in either direction, and one rank where none do", () => {
    expect(rank(named(1, 2, 3), 0.5).map(([id, at]) => [id, at])).toEqual([
      ["c", 1],
      ["b", 2],
      ["a", 3],
    ]);
    expect(rank(named(1, 2, 3), 0.5, "lower").map(([id, at]) => [id, at])).toEqual([
      ["a", 1],
      ["b", 2],
      ["c", 3],
    ]);
    expect(rank(named(1, 2, 3), 5).map(([, at, low, high]) => [at, low, high])).toEqual([
      [2, 1, 3],
      [2, 1, 3],
      [2, 1, 3],
    ]);
  });

  it("keeps the sum of ranks, and each rank in its interval where significance follows the means", () => {
    const scores = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(
        scores,
        fc.nat(30),
        fc.constantFrom("higher" as const, "lower" as const),
        (values, gap, direction) => {
          const means = named(...values);
          const ranks = rankByTieGroups(means, comparisonsBeyond(means, gap), direction);
          expect(ranks.reduce((sum, { rank }) => sum + rank, 0)).toBeCloseTo(
            (values.length * (values.length + 1)) / 2,
            9,
          );
          for (const { rank, low, high, ties, id } of ranks) {
            expect(low).toBeLessThanOrEqual(rank);
            expect(rank).toBeLessThanOrEqual(high);
            expect(ties).toContain(id);
          }
        },
      ),
    );
  });

  it("ties no method with the best past one that is significantly worse, however noisy it is", () => {
    const verdicts = [
      { a: "a", b: "b", difference: 0.1, adjustedP: 0.01 },
      { a: "a", b: "c", difference: 0.2, adjustedP: 0.5 },
      { a: "b", b: "c", difference: 0.1, adjustedP: 0.5 },
    ];
    const ranks = rankByTieGroups(named(0.9, 0.8, 0.7), verdicts, "higher");
    expect(ranks.map(({ id, rank, ties }) => [id, rank, ties.join("")])).toEqual([
      ["a", 1, "a"],
      ["b", 2.5, "bc"],
      ["c", 2.5, "bc"],
    ]);
  });

  it("takes a difference against the order of the means, as of a part of the seeds, for not significant", () => {
    const against = [{ a: "a", b: "b", difference: -0.3, adjustedP: 0.001 }];
    for (const direction of ["higher", "lower"] as const) {
      const means = named(...(direction === "higher" ? [0.9, 0.8] : [0.8, 0.9]));
      const verdicts = against.map((one) => (direction === "higher" ? one : { ...one, difference: 0.3 }));
      expect(rankByTieGroups(means, verdicts, direction)).toMatchObject([
        { id: "a", rank: 1.5, low: 1, high: 2 },
        { id: "b", rank: 1.5, low: 1, high: 2 },
      ]);
    }
  });

  it("may put a rank outside its interval where significance does not follow the means, as documented", () => {
    const significant = new Set(["bc", "bd"]);
    const verdicts = comparisonsBeyond(named(0.9, 0.8, 0.7, 0.6), 0).map((verdict) => ({
      ...verdict,
      adjustedP: significant.has(verdict.a + verdict.b) ? 0.01 : 0.5,
    }));
    const ranks = rankByTieGroups(named(0.9, 0.8, 0.7, 0.6), verdicts, "higher");
    expect(ranks.find(({ id }) => id === "b")).toMatchObject({ rank: 2.5, low: 1, high: 2 });
  });
});

describe("comparePairwise", () => {
  it("compares every pair once, a minus b", () => {
    const pairs = comparePairwise(methods([0.5, 0.6, 0.7], 3));
    expect(pairs.map(({ a, b }) => [a, b])).toEqual([
      ["method-0", "method-1"],
      ["method-0", "method-2"],
      ["method-1", "method-2"],
    ]);
    for (const { difference } of pairs) expect(difference).toBeLessThan(0);
  });

  it("corrects over the pairs at hand, so that a selection is corrected less", () => {
    const pairs = comparePairwise(methods([0.5, 0.502, 0.504], 1));
    const whole = correctComparisons(pairs);
    const [first] = pairs;
    expect(first && correctComparisons([first])[0]?.adjustedP).toBe(first?.p);
    for (const { p, adjustedP } of whole) expect(adjustedP).toBeGreaterThanOrEqual(p);
    // By Holm's rule on paper: 3 · 0.01, 2 · 0.03, then no less.
    const corrected = correctComparisons([{ p: 0.01 }, { p: 0.04 }, { p: 0.03 }]);
    expect(corrected.map(({ adjustedP }) => adjustedP.toFixed(6))).toEqual([
      "0.030000",
      "0.060000",
      "0.060000",
    ]);
  });

  it("refuses two rows of one name, and rows on other episodes", () => {
    const [one] = methods([0.5], 1);
    if (!one) throw new Error("no method");
    expect(() => comparePairwise([one, one])).toThrow(/Two rows of one table are called "method-0"/);
    expect(() => comparePairwise([one, { id: "b", scores: [[1, 2]] }])).toThrow(/cannot be paired/);
  });
});

describe("standings", () => {
  it("ranks clearly different methods apart and a copy together with its original", () => {
    const [best, worst] = methods([0.9, 0.5], 3);
    if (!best || !worst) throw new Error("no methods");
    const table = standings([worst, best, { ...best, id: "copy" }], "higher", accuracyInterval);
    expect(table.rows.map(({ id, rank, low, high }) => [id, rank, low, high])).toEqual([
      ["method-0", 1.5, 1, 2],
      ["copy", 1.5, 1, 2],
      ["method-1", 3, 3, 3],
    ]);
    expect(table.rows[0]?.score.mean).toBeCloseTo(0.9, 1);
    expect(table.comparisons).toHaveLength(3);
    expect(table.note).toBeUndefined();
  });

  it("turns round for errors", () => {
    const all = methods([0.9, 0.5, 0.7], 3);
    expect(standings(all, "lower").rows.map(({ id }) => id)).toEqual(
      standings(all, "higher")
        .rows.map(({ id }) => id)
        .toReversed(),
    );
  });

  it("sees through hard episodes that all methods share", () => {
    // The episodes' deviation of 0.05 makes single intervals overlap; the paired differences do not care.
    const { rows } = standings(methods([0.7, 0.715], 1), "higher");
    const [first, second] = rows;
    expect(first?.score.low).toBeLessThan(second?.score.high ?? 0);
    expect(rows.map(({ rank }) => rank)).toEqual([1, 2]);
  });

  it("says that one seed's ranks rest on episode noise only, and stands empty or single", () => {
    expect(standings(methods([0.7, 0.8], 1), "higher").note).toBe("episode noise only");
    expect(standings([], "higher").rows).toEqual([]);
    expect(standings(methods([0.7], 2), "higher").rows).toMatchObject([{ rank: 1, low: 1, high: 1 }]);
  });
});

describe("paretoFront", () => {
  const point = fc.record({ score: fc.integer({ min: 0, max: 9 }), time: fc.integer({ min: 0, max: 9 }) });

  it("keeps what nothing beats, quickest first", () => {
    const a = { score: 0.9, time: 10 };
    const b = { score: 0.8, time: 1 };
    const c = { score: 0.8, time: 2 };
    expect(paretoFront([a, b, c], "higher")).toEqual([b, a]);
    expect(paretoFront([a, b, c], "lower")).toEqual([b]);
    expect(paretoFront([b, { ...b }], "higher")).toHaveLength(2);
  });

  it("beats every other point, and none of its own", () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: 20 }), (points) => {
        const front = paretoFront(points, "higher");
        const beats = (p: (typeof points)[number], q: typeof p) =>
          p.score >= q.score && p.time <= q.time && (p.score > q.score || p.time < q.time);
        for (const q of points) expect(front.includes(q)).toBe(!points.some((p) => beats(p, q)));
        for (const q of points) if (!front.includes(q)) expect(front.some((p) => beats(p, q))).toBe(true);
      }),
    );
  });
});
