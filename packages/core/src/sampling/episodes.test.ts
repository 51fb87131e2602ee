import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EpisodeShape } from "./episodes.ts";
import { classIndex, episodesHash, frozenEpisodes, sampleEpisode } from "./episodes.ts";
import { randomStream } from "./random.ts";

/** Example i of class i mod `classes`, so that an image's class can be told. */
const interleaved = (classes: number, examples: number) =>
  classIndex(
    Array.from({ length: classes * examples }, (_, i) => i % classes),
    classes,
  );

const feasible = fc
  .record({
    ways: fc.integer({ min: 1, max: 8 }),
    shots: fc.integer({ min: 1, max: 6 }),
    queries: fc.nat(16),
  })
  .chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      classes: fc.integer({ min: shape.ways, max: 30 }),
      examples: fc.integer({ min: shape.shots + shape.queries, max: 60 }),
      path: fc.string({ maxLength: 10 }),
    }),
  );

const small: EpisodeShape = { ways: 5, shots: 1, queries: 3 };

describe("sampleEpisode", () => {
  it("draws distinct classes, disjoint support and queries, and labels that tell the class", () => {
    fc.assert(
      fc.property(feasible, ({ shape, classes, examples, path }) => {
        const random = randomStream(path);
        const episode = sampleEpisode(interleaved(classes, examples), shape, random, random.fork("queries"));
        expect(new Set(episode.classes).size).toBe(shape.ways);
        const images = [...episode.support, ...episode.query];
        expect(images).toHaveLength(shape.ways * (shape.shots + shape.queries));
        expect(new Set(images).size).toBe(images.length);
        const labels = [...episode.supportLabels, ...episode.queryLabels];
        expect(labels.map((label) => episode.classes[label])).toEqual(images.map((image) => image % classes));
        expect(Array.from(episode.supportLabels)).toEqual(
          Array.from({ length: shape.ways * shape.shots }, (_, i) => Math.floor(i / shape.shots)),
        );
        for (let way = 0; way < shape.ways; way += 1)
          expect(episode.queryLabels.filter((label) => label === way)).toHaveLength(shape.queries);
      }),
    );
  });

  it("shuffles the queries by a stream of their own", () => {
    const index = interleaved(10, 30);
    const draw = (queries: string) => sampleEpisode(index, small, randomStream("a"), randomStream(queries));
    const [one, other] = [draw("x"), draw("y")];
    expect(one.support).toEqual(other.support);
    expect(one.query.toSorted()).toEqual(other.query.toSorted());
    expect(one.query).not.toEqual(other.query);
  });

  it("gives no label away by position", () => {
    const index = interleaved(10, 30);
    const random = randomStream("positions");
    const queries = random.fork("queries");
    const counts = new Float64Array(25);
    for (let e = 0; e < 2000; e += 1) {
      const { queryLabels } = sampleEpisode(index, { ways: 5, shots: 1, queries: 1 }, random, queries);
      for (const [position, label] of queryLabels.entries())
        counts[5 * position + label] = (counts[5 * position + label] ?? 0) + 1;
    }
    const statistic = counts.reduce((sum, count) => sum + (count - 400) ** 2 / 400, 0);
    // 99.9 % point of chi-square for 16 degrees of freedom (rows and columns are fixed): 39.3.
    expect(statistic).toBeLessThan(39.3);
  });

  it("draws every class and every example equally often", () => {
    const index = interleaved(10, 8);
    const random = randomStream("uniform");
    const queries = random.fork("queries");
    const support = new Float64Array(80);
    for (let e = 0; e < 8000; e += 1)
      for (const image of sampleEpisode(index, small, random, queries).support)
        support[image] = (support[image] ?? 0) + 1;
    const statistic = support.reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0);
    // 99.9 % point of chi-square for 79 degrees of freedom: 124.8; drawing without replacement only lowers it.
    expect(statistic).toBeLessThan(124.9);
  });

  it("says in numbers why a split cannot fill the episode", () => {
    const draw = (classes: number, examples: number, shape: EpisodeShape) => () =>
      sampleEpisode(interleaved(classes, examples), shape, randomStream("a"), randomStream("b"));
    expect(draw(3, 20, small)).toThrow(
      expect.objectContaining({
        code: "invalid-protocol",
        message: expect.stringContaining("5-way episodes need at least 5 classes, the split has 3;"),
      }),
    );
    expect(draw(6, 3, small)).toThrow(/need at least 4 examples in every class, class 0 of the split has 3;/);
    expect(draw(6, 3, { ...small, shots: 0 })).toThrow(/0 shots/);
    expect(draw(6, 3, { ...small, ways: 2.5 })).toThrow(/2.5 ways/);
  });
});

describe("classIndex", () => {
  it("lists each class's examples in order", () => {
    const { offsets, examples } = classIndex([2, 0, 2, 0, 0], 3);
    expect(Array.from(offsets)).toEqual([0, 3, 3, 5]);
    expect(Array.from(examples)).toEqual([1, 3, 4, 0, 2]);
  });

  it.each([3, -1, 0.5])("refuses the label %d of three classes", (label) => {
    expect(() => classIndex([0, label], 3)).toThrow(/labels must be 0 to 2/);
  });
});

describe("frozenEpisodes", () => {
  const index = interleaved(8, 12);

  it("makes a shorter list a prefix of a longer one", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 10 }), fc.nat(12), fc.nat(12), (path, a, b) => {
        const short = frozenEpisodes(index, small, Math.min(a, b), path);
        const long = frozenEpisodes(index, small, Math.max(a, b), path);
        expect(long.slice(0, short.length)).toEqual(short);
      }),
    );
  });

  it("stays what it was when first released", () => {
    // Pinned here, not elsewhere: a change breaks the pairing with every stored record.
    expect(episodesHash(frozenEpisodes(index, small, 10, "frozen"))).toBe(
      "800345417767f6c33da0fefe7cc1e2b9dace2b6dcb3cb8d8f3c9b330a85bce09",
    );
  });

  it("hashes everything that a learner is given", () => {
    const episodes = frozenEpisodes(index, small, 2, "frozen");
    const hash = episodesHash(episodes);
    for (const part of ["classes", "support", "query", "queryLabels"] as const) {
      const changed = episodes.map((episode) => ({ ...episode, [part]: episode[part].slice() }));
      const last = changed[1]?.[part];
      if (last) last[0] = (last[0] ?? 0) + 1;
      expect(episodesHash(changed)).not.toBe(hash);
    }
    expect(episodesHash(episodes.toReversed())).not.toBe(hash);
    expect(episodesHash(episodes.slice(1))).not.toBe(hash);
  });
});
