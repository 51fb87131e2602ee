import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineAlgorithm } from "./algorithm.ts";
import { defineDataset } from "./dataset.ts";

const algorithm = {
  id: "mine",
  version: "1.0.0",
  title: "Mine",
  summary: "For a test.",
  reference: null,
  regime: "multi-task",
  target: "class",
  options: z.strictObject({
    innerRate: z.number().default(0.4),
    head: z.strictObject({ width: z.number().default(1) }).default({ width: 1 }),
  }),
  create: () => {
    throw new Error("not needed here");
  },
} as const;
const reference = {
  title: "A paper",
  authors: ["Ada Lovelace"],
  year: 2026,
  url: "https://example.org/paper",
};

/** Plugins may be JavaScript. */
const define = (changes: object) => defineAlgorithm({ ...algorithm, ...changes } as typeof algorithm);

describe("a wrong field of a define… call", () => {
  it.each([
    [
      { reference: { ...reference, authors: "Ada Lovelace" } },
      /reference\.authors: .*expected array.* Write an array of strings, one per author, such as \["Jake Snell", /,
    ],
    [{ reference: { ...reference, authors: [1] } }, /reference\.authors\.0: .* Write an array of strings/],
    [{ reference: { ...reference, year: "2026" } }, /reference\.year: .* Write a whole number .*2017\./],
    [
      { reference: "A paper" },
      /reference: .* Write null or an object \{ title, authors, year, url \}, such as \{/,
    ],
    [
      { id: "My Method" },
      /a string of 1 to 64 lower-case letters, digits and hyphens, such as "my-method"\./,
    ],
    [{ version: "1" }, /version: .*such as "1\.0\.0"\./],
    [{ regime: "some-shot" }, /regime: .* Write one of "few-shot", /],
    [{ tilte: "Mine" }, /There is no field "tilte"\. Did you mean title\?/],
    [{ creat: 1 }, /There is no field "creat"\. Did you mean create\?/],
    [
      { reference: { ...reference, author: ["x"] } },
      /no field "reference\.author"\. Did you mean reference\.authors\?/,
    ],
  ])("is told with the form that it must have: %j", (changes, says) => {
    expect(() => define(changes)).toThrow(says);
    expect(() => define(changes)).toThrow(expect.objectContaining({ code: "invalid-plugin" }));
  });

  it("has the form of its own where fields share a schema", () => {
    const licence = { name: "CC0", url: "somewhere" };
    expect(() =>
      defineDataset({
        ...{ ...algorithm, setting: undefined, create: undefined },
        licence,
        sources: () => [],
        contentHash: () => null,
        prepare: () => Promise.reject(new Error("never asked")),
      }),
    ).toThrow(/licence\.url: .*such as "https:\/\/creativecommons/);
  });
});

describe("a misspelt option", () => {
  it.each([
    [
      { inerRate: 1 },
      'algorithm mine refuses its options. There is no option "inerRate". Did you mean innerRate? It takes innerRate, head. See `metabench list algorithms` for what it takes.',
    ],
    [
      { head: { widht: 2 } },
      'algorithm mine refuses its options. There is no option "head.widht". Did you mean head.width? It takes head.width. See `metabench list algorithms` for what it takes.',
    ],
  ])("is told with the one that was meant: %j", (options, message) => {
    expect(() => define({}).parseOptions(options)).toThrow(message);
  });

  it("of a value names the option", () => {
    expect(() => define({}).parseOptions({ innerRate: "fast" })).toThrow(/innerRate: .*expected number/);
  });
});
