import { describe, expect, it } from "vitest";
import { buildRecord, classified, good, only, poor } from "./record.test-support.ts";

describe("rows of several seeds", () => {
  it("collects the seeds of a row and crosses them with the episodes", () => {
    const table = only([
      buildRecord({ seed: 1, outcome: classified([[66, 72, 69, 75]]) }),
      buildRecord({ seed: 0, outcome: classified([good]) }),
    ]);
    const [row] = table.rows;
    expect(row?.seeds.map(({ seed, score }) => [seed, score])).toEqual([
      [0, expect.closeTo(0.86, 12)],
      [1, expect.closeTo(0.94, 12)],
    ]);
    expect(row?.score).toMatchObject({
      mean: expect.closeTo(0.9, 12),
      basis: "seeds and episodes",
      seeds: 2,
      items: 4,
    });
    // Seed 1 is seed 0 plus 0.08 everywhere: no residual; MS_seed = 4 · (0.04² + 0.04²) = 0.0128, so σ²_seed = 0.0128/4.
    expect(row?.score?.components?.residual).toBeCloseTo(0, 12);
    expect(row?.score?.components?.seed).toBeCloseTo(0.0032, 12);
  });

  it("holds each seed against the same seed of the other row, and leaves out those that only one has", () => {
    const table = only([
      buildRecord({ algorithm: "a", seed: 0, outcome: classified([poor]) }),
      buildRecord({ algorithm: "a", seed: 1, outcome: classified([good]) }),
      buildRecord({ algorithm: "a", seed: 2, outcome: classified([[63, 69, 66, 72]]) }),
      buildRecord({ algorithm: "b", seed: 1, outcome: classified([[57, 63, 60, 66]]) }),
      buildRecord({ algorithm: "b", seed: 2, outcome: classified([[60, 66, 63, 69]]) }),
    ]);
    const difference = table.rows.find(({ toBest }) => toBest)?.toBest;
    // In seeds 1 and 2 each, a − b is 3/75 in every episode; seed 0 of a has no partner.
    expect(Math.abs(difference?.difference ?? NaN)).toBeCloseTo(0.04, 12);
    expect(difference).toMatchObject({ seeds: 2, standardError: expect.closeTo(0, 12) });
  });

  it("says of a row of several seeds that some were compared with it on one, where its rank covers episode noise only", () => {
    const uneven = (...seeds: readonly number[]) =>
      only([
        ...[0, 1].map((seed) => buildRecord({ algorithm: "a", seed, outcome: classified([good]) })),
        ...seeds.map((seed) => buildRecord({ algorithm: "b", seed, outcome: classified([poor]) })),
      ]);
    const flagged = ({ rows }: ReturnType<typeof uneven>) =>
      rows.map(({ flags }) => flags.find(({ code }) => code === "uneven-seeds")?.text);
    const said = expect.stringMatching(/^Some rows share only one seed with it/);
    expect(flagged(uneven(0))).toEqual([said, undefined]);
    expect(uneven(0).pairs.map(({ seeds }) => seeds)).toEqual([1]);
    // Two seeds a row, of which they share one.
    expect(flagged(uneven(1, 2))).toEqual([said, said]);
    expect(flagged(uneven(0, 1))).toEqual([undefined, undefined]);
  });

  it("ranks no row below another for the seeds that both have, where its mean over all seeds is better", () => {
    const { rows } = only([
      ...[poor, good, good].map((correct, seed) =>
        buildRecord({ algorithm: "a", seed, outcome: classified([correct]) }),
      ),
      buildRecord({ algorithm: "b", seed: 0, outcome: classified([[39, 45, 42, 36]]) }),
    ]);
    // On seed 0, b is 24 of 75 better in every episode; over its three seeds a is at 0.647 and b at 0.54.
    expect(rows.map(({ algorithm, place }) => [algorithm.id, place?.rank, place?.low, place?.high])).toEqual([
      ["a", 1.5, 1, 2],
      ["b", 1.5, 1, 2],
    ]);
    expect(rows[1]?.toBest).toMatchObject({ difference: expect.closeTo(0.32, 12), seeds: 1 });
  });

  it("pairs rows without a common seed in the order of their seeds", () => {
    const table = only([
      buildRecord({ algorithm: "a", seed: 0, outcome: classified([good]) }),
      buildRecord({ algorithm: "b", seed: 7, outcome: classified([poor]) }),
    ]);
    expect(table.rows[1]?.toBest).toMatchObject({ difference: expect.closeTo(0.22 - 0.86, 12), seeds: 1 });
  });

  it("lets equal methods share their rank as a tie", () => {
    const table = only([
      buildRecord({ algorithm: "a", outcome: classified([good]) }),
      buildRecord({ algorithm: "b", outcome: classified([[66, 60, 69, 63]]) }),
      buildRecord({ algorithm: "c", outcome: classified([poor]) }),
    ]);
    expect(table.rows.map(({ place }) => [place?.rank, place?.group, place?.low, place?.high])).toEqual([
      [1.5, 1, 1, 2],
      [1.5, 1, 1, 2],
      [3, 2, 3, 3],
    ]);
    expect(table.pairs).toHaveLength(3);
  });
});
