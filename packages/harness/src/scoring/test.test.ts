import type {
  FewShotClassificationProtocol,
  FewShotRegressionProtocol,
  MultiTaskProtocol,
} from "@metabench/core";
import { findProtocol } from "@metabench/datasets";
import { describe, expect, it } from "vitest";
import { classificationTest, firstEpisodes, multiTaskTest, regressionTest } from "./test.ts";

// Forty classes of thirty images; an image is one pixel-pair that names it: its class, and its number in the class.
const classes = 40;
const perClass = 30;
const labels = Uint16Array.from({ length: classes * perClass }, (_, at) => Math.floor(at / perClass));
const images = Uint8Array.from(labels, (label) => label).reduce<number[]>((all, label, at) => {
  all.push(label, at % perClass);
  return all;
}, []);
const classNames = Array.from({ length: classes }, (_, at) => `class ${String(at)}`);
const data = {
  image: [1, 2, 1] as const,
  splits: { test: { images: Uint8Array.from(images), labels, classNames } },
};
const protocol = {
  ...(findProtocol("few-shot/double-mnist-28/5w1s").at("quick") as FewShotClassificationProtocol),
  testEpisodes: 12,
};

const opened = (episodes = protocol.testEpisodes) => {
  const test = classificationTest({ ...protocol, testEpisodes: episodes }, data);
  if (test.message.kind !== "few-shot-classification") throw new Error("It is of another kind.");
  return { ...test, message: test.message };
};
/** Name of the image at a position of a message. */
const imageAt = ({ images: sent }: { readonly images: Uint8Array }, at: number) =>
  `${String(sent[2 * at])}:${String(sent[2 * at + 1])}`;
const classAt = ({ images: sent }: { readonly images: Uint8Array }, at: number) => sent[2 * at] ?? -1;

describe("the test of images", () => {
  it("sends each image that some episode uses once, and no other", () => {
    const { message } = opened();
    const count = message.images.length / 2;
    const sent = Array.from({ length: count }, (_, at) => imageAt(message, at));
    expect(new Set(sent).size).toBe(count);
    const used = new Set(message.episodes.flatMap(({ support, query }) => [...support, ...query]));
    expect([...used].sort((a, b) => a - b)).toEqual(sent.map((_, at) => at));
    // Twelve episodes of eighty images cannot use all of 1200.
    expect(count).toBeLessThanOrEqual(12 * 80);
  });

  it("asks for what the labels say, support class by class", () => {
    const { message, labels: answers } = opened();
    expect(answers).toHaveLength(12);
    for (const [index, { support, supportLabels, query }] of message.episodes.entries()) {
      expect([...supportLabels]).toEqual([0, 1, 2, 3, 4]);
      expect(query).toHaveLength(75);
      const classOf = new Map([...support].map((at, way) => [classAt(message, at), supportLabels[way]]));
      expect(classOf.size).toBe(5);
      expect([...query].map((at) => classOf.get(classAt(message, at)))).toEqual([...(answers[index] ?? [])]);
      expect(
        [...query].some((at) => support.includes(at)),
        "no query is in the support",
      ).toBe(false);
    }
  });

  it("holds no labels of queries", () => {
    for (const episode of opened().message.episodes)
      expect(Object.keys(episode).sort()).toEqual(["query", "support", "supportLabels"]);
    expect(Object.keys(opened().message).sort()).toEqual(["episodes", "images", "kind", "type"]);
  });

  it("puts images in an order that says nothing of their classes", () => {
    const { message } = opened();
    const found = Array.from({ length: message.images.length / 2 }, (_, at) => classAt(message, at));
    // Of about 900 pairs of neighbours one in 40 is of one class by chance; in the data set's order nearly all would be.
    const same = found.filter((one, at) => at > 0 && one === found[at - 1]).length;
    expect(same / found.length).toBeLessThan(0.06);
    expect(
      Math.abs(
        correlation(
          found.map((_, at) => at),
          found,
        ),
      ),
    ).toBeLessThan(0.12);
  });

  it("puts queries in an order that says nothing of their labels", () => {
    const pairs = opened(200).labels.flatMap((answers) =>
      [...answers].map((label, at) => [at, label] as const),
    );
    // 15 000 pairs: a correlation by chance has a standard deviation of 0.008.
    expect(
      Math.abs(
        correlation(
          pairs.map(([at]) => at),
          pairs.map(([, label]) => label),
        ),
      ),
    ).toBeLessThan(0.03);
  });

  it("starts a longer test with the shorter one's episodes", () => {
    const [short, long] = [opened(3), opened(12)];
    const named = ({ message }: ReturnType<typeof opened>) =>
      message.episodes
        .slice(0, 3)
        .map(({ support, query }) => [...support, ...query].map((at) => imageAt(message, at)));
    expect(named(short)).toEqual(named(long));
    expect(short.hash).not.toBe(long.hash);
    expect(opened(12).hash).toBe(long.hash);
  });

  it("can be cut to its first episodes for timing", () => {
    const { message } = opened();
    const cut = firstEpisodes(message, 2);
    expect(cut).toMatchObject({ kind: message.kind, episodes: message.episodes.slice(0, 2) });
  });
});

describe("the test of functions", () => {
  const sinus = {
    ...(findProtocol("few-shot/sinusoid/5-shot").at("quick") as FewShotRegressionProtocol),
    testEpisodes: 7,
  };
  const family = {
    kind: "function-family" as const,
    inputs: 1,
    outputs: 1,
    draw: (random: { uniform(): number }) => {
      const slope = random.uniform();
      return ([x = 0]: readonly number[]) => [slope * x];
    },
    input: (random: { uniform(): number }) => [random.uniform() - 0.5],
    grid: (points: number) => Array.from({ length: points }, (_, at) => [at]),
  };

  it("sends support points with targets and query points without", () => {
    const { message, targets } = regressionTest(sinus, family);
    if (message.kind !== "few-shot-regression") throw new Error("It is of another kind.");
    expect(message.episodes).toHaveLength(7);
    for (const [index, episode] of message.episodes.entries()) {
      expect(Object.keys(episode).sort()).toEqual(["inputs", "query", "targets"]);
      expect([...episode.query]).toEqual(Array.from({ length: 100 }, (_, at) => at));
      // A line through the origin: each support point tells the slope, which answers all queries.
      const slope = (episode.targets[0] ?? NaN) / (episode.inputs[0] ?? NaN);
      expect(targets[index]?.[99]).toBeCloseTo(99 * slope, 3);
      expect(episode.inputs).toHaveLength(5);
    }
    expect(new Set(targets.map((one) => one[99])).size, "each function is another").toBe(7);
  });

  it("is the same every time, and other at other shots", () => {
    const { hash } = regressionTest(sinus, family);
    expect(regressionTest(sinus, family).hash).toBe(hash);
    expect(regressionTest({ ...sinus, shots: 6 }, family).hash).not.toBe(hash);
  });
});

describe("the test of several tasks", () => {
  it("sends the whole split, shuffled, and keeps where each image belongs", () => {
    const multiTask = findProtocol("multi-task/multi-mnist").at("quick") as MultiTaskProtocol;
    const targets = { left: new Uint8Array(labels.length) };
    const { message, order } = multiTaskTest(multiTask, {
      image: data.image,
      splits: { test: { images: data.splits.test.images, targets } },
    });
    if (message.kind !== "multi-task") throw new Error("It is of another kind.");
    expect(Object.keys(message).sort()).toEqual(["images", "kind", "type"]);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from(labels, (_, at) => at));
    for (const [at, position] of order.entries())
      expect(imageAt(message, at)).toBe(imageAt({ images: data.splits.test.images }, position));
    expect(
      Math.abs(
        correlation(
          Array.from(order, (_, at) => at),
          [...order],
        ),
      ),
    ).toBeLessThan(0.12);
  });
});

/** Pearson's coefficient. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const dot = (x: readonly number[], y: readonly number[], mx: number, my: number) =>
    x.reduce((sum, one, at) => sum + (one - mx) * ((y[at] ?? 0) - my), 0);
  return dot(a, b, meanA, meanB) / Math.sqrt(dot(a, a, meanA, meanA) * dot(b, b, meanB, meanB));
}
