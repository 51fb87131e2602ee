import type { ClassifiedImages, MultiTaskImages, Protocol } from "@metabench/core";
import { findProtocol } from "@metabench/datasets";
import { describe, expect, it } from "vitest";
import { fixedExamples } from "./fixed-examples.ts";

const classes = 8;
const perClass = 20;
const size = 28 * 28;
const normalisation = { mean: [0], deviation: [1] };

/** Images whose first byte is their class and whose second is their place in it. */
const split = {
  images: Uint8Array.from({ length: classes * perClass * size }, (_, at) =>
    at % size === 0
      ? Math.floor(at / size / perClass)
      : at % size === 1
        ? Math.floor(at / size) % perClass
        : 0,
  ),
  labels: Uint16Array.from({ length: classes * perClass }, (_, at) => Math.floor(at / perClass)),
  classNames: Array.from({ length: classes }, (_, at) => `class ${String(at)}`),
};
const images = {
  kind: "classified-images",
  image: [28, 28, 1],
  normalisation,
  splits: { train: split, validation: split, test: split },
} satisfies ClassifiedImages;

const protocolOf = (id: string): Protocol => findProtocol(id).at("quick");

describe("the examples that trials are explained on", () => {
  it("are one query each of five classes, of the first two test episodes", () => {
    const { message, tasks } = fixedExamples(protocolOf("few-shot/double-mnist-28/5w5s"), images, false);
    expect(tasks.map(({ name }) => name)).toEqual(["episode 1", "episode 2"]);
    for (const [episode, { support, queries, labels }] of tasks.entries()) {
      expect(labels).toEqual([0, 1, 2, 3, 4]);
      const shown = (image: number) => message.images[image * size];
      // The class that a query is of is that of the support image beside it; no image is in both.
      expect(queries.map(shown)).toEqual(support.map(shown));
      expect(new Set(support.map(shown)).size).toBe(5);
      expect(queries.filter((image) => message.episodes[episode]?.support.includes(image))).toEqual([]);
      expect(message.episodes[episode]).toMatchObject({ query: Uint32Array.from(queries) });
      expect(message.episodes[episode]?.support).toHaveLength(25);
    }
  });

  it("are the same every time, and of a test of one episode that one", () => {
    const protocol = protocolOf("few-shot/double-mnist-28/5w1s");
    if (protocol.kind !== "few-shot-classification") throw new Error("It is of another kind.");
    const first = fixedExamples(protocol, images, false);
    expect(fixedExamples(protocol, images, false)).toEqual(first);
    expect(fixedExamples({ ...protocol, testEpisodes: 1 }, images, false).tasks).toHaveLength(1);
  });

  it("are the same images for every task of a multi-task test, with each task's own label", () => {
    const tasks = ["left", "right"].map((id) => ({ id, kind: "classification" as const, classes }));
    const multi = {
      images: split.images,
      targets: {
        left: Uint8Array.from(split.labels),
        right: Uint8Array.from(split.labels, (label) => classes - 1 - label),
      },
    };
    const data = {
      kind: "multi-task-images",
      image: [28, 28, 1],
      normalisation,
      tasks,
      splits: { train: multi, validation: multi, test: multi },
    } satisfies MultiTaskImages;
    const { message, tasks: fixed } = fixedExamples(protocolOf("multi-task/multi-mnist"), data, false);
    expect(fixed.map(({ name, queries }) => [name, queries.length])).toEqual([
      ["left", 5],
      ["right", 5],
    ]);
    const shown = [...message.queries].map((image) => message.images[image * size] ?? -1);
    expect(fixed[0]?.labels).toEqual(shown);
    expect(fixed[1]?.labels).toEqual(shown.map((label) => classes - 1 - label));
  });

  it("do not exist for functions", () => {
    expect(() => fixedExamples(protocolOf("few-shot/sinusoid/5-shot"), images, false)).toThrow(
      /few-shot-regression has no images to explain; choose/,
    );
  });
});
