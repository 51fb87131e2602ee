import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { randomStream, type FunctionFamily } from "@metabench/core";
import { describe, expect, it } from "vitest";
import { importPlugin } from "./import.ts";
import { describeThrown } from "./plugin-frame.ts";
import { folderWith } from "./plugin-files.test-support.ts";

const parts = {
  sources: "() => []",
  contentHash: "() => null",
  draw: "() => ([x]) => [x + 1]",
  input: "() => [1]",
  grid: "(points) => Array.from({ length: points }, (_, i) => [i])",
  options: "z.strictObject({})",
};

/** A family of functions with some parts replaced, and its file. */
async function bent(changes: Partial<typeof parts>) {
  const { sources, contentHash, draw, input, grid, options } = { ...parts, ...changes };
  const folder = folderWith({
    "bent.mjs": `import { defineDataset } from "@metabench/core";
import { z } from "zod";
export default defineDataset({
  id: "bent", version: "1.0.0", title: "Bent", summary: "Bent.", reference: null, options: ${options},
  licence: { name: "CC0", url: "https://creativecommons.org/publicdomain/zero/1.0/" },
  sources: ${sources}, contentHash: ${contentHash},
  prepare: () => ({ kind: "function-family", inputs: 1, outputs: 1, draw: ${draw}, input: ${input}, grid: ${grid} }),
});`,
  });
  const file = join(folder, "bent.mjs");
  const [plugin] = await importPlugin(pathToFileURL(file).href);
  if (plugin?.kind !== "dataset") throw new Error("It is no data set.");
  return { plugin, file, family: (await plugin.prepare({}, {})) as FunctionFamily };
}

const random = randomStream("a test");

/** Everything that the suite asks of a data set. */
const useAll = ({ plugin, family }: Awaited<ReturnType<typeof bent>>) => [
  plugin.parseOptions({}),
  plugin.sources({}),
  plugin.contentHash({}),
  family.draw(random)(family.input(random)),
  family.grid(2),
];

describe("a data set's functions", () => {
  it("do what they do where nothing is wrong", async () => {
    expect(useAll(await bent({}))).toEqual([{}, [], null, [2], [[0], [1]]]);
  });

  const throwing = ["sources", "contentHash", "draw", "input", "grid"] as const;

  it.each(throwing)("that throw tell the line: %s", async (name) => {
    const data = await bent({ [name]: '() => { throw new RangeError("Out of paper."); }' });
    let thrown: unknown;
    try {
      useAll(data);
    } catch (error) {
      thrown = error;
    }
    expect(describeThrown(thrown)).toMatch(/^RangeError: Out of paper \(at /);
    expect(describeThrown(thrown)).toContain(`${data.file}:`);
  });

  it.each(throwing)("that throw what has no line are named with their file: %s", async (name) => {
    const data = await bent({ [name]: '() => { throw "Out of paper"; }' });
    expect(() => useAll(data)).toThrow(
      `Data set bent: ${name}() threw 'Out of paper'. Fix it in ${data.file};`,
    );
  });

  it("that throw within an option's schema are named too", async () => {
    const options = 'z.strictObject({}).refine(() => { throw "Out of paper"; })';
    await expect(bent({ options })).rejects.toThrow(/Data set bent: .* threw|Out of paper/);
  });

  it.each<[keyof typeof parts, string, string]>([
    ["contentHash", "() => 5", "contentHash() gave 5, where null or a SHA-256"],
    ["contentHash", '() => "abc"', "contentHash() gave 'abc', where null or a SHA-256"],
    ["draw", "() => undefined", "draw() gave undefined, where a function from inputs to outputs"],
    ["draw", "() => () => [NaN]", "the function of draw() gave [ NaN ], where a list of 1 finite number"],
    ["draw", "() => () => [1, 2]", "the function of draw() gave [ 1, 2 ], where a list of 1 finite number"],
    ["input", "() => 5", "input() gave 5, where a list of 1 finite number"],
    ["grid", "() => [[1]]", "grid() gave [ [ 1 ] ], where a list of 2 points"],
    ["grid", "() => undefined", "grid() gave undefined, where a list of 2 points"],
  ])("that give what they may not are named with their file: %s: %s", async (name, text, says) => {
    const data = await bent({ [name]: text });
    expect(() => useAll(data)).toThrow(`Data set bent: ${says}`);
    expect(() => useAll(data)).toThrow(`Fix it in ${data.file}.`);
  });
});

it("names a method whose label is no text", async () => {
  const folder = folderWith({
    "mine.mjs": `import { z } from "zod";
import { defineAlgorithm } from "@metabench/core";
export default defineAlgorithm({
  id: "mine", version: "1.0.0", title: "Mine", summary: "Mine.", reference: null, regime: "few-shot", target: "class",
  options: z.strictObject({}), label: () => 7, create: () => { throw new Error("not needed here"); },
});`,
  });
  const [plugin] = await importPlugin(pathToFileURL(join(folder, "mine.mjs")).href);
  if (plugin?.kind !== "algorithm") throw new Error("It is no algorithm.");
  expect(() => plugin.label({})).toThrow(/^Algorithm mine: label\(\) gave .*7.*, where a text is expected/);
});

it("names the place where a protocol put together by hand throws", async () => {
  const folder = folderWith({
    "mine.mjs": `export default {
  kind: "protocol", id: "my-lab/mine", setting: "multi-task", tiers: ["quick"],
  at: () => { throw new RangeError("Out of paper."); },
};`,
  });
  const file = join(folder, "mine.mjs");
  await expect(importPlugin(pathToFileURL(file).href)).rejects.toThrow(`${file}:3:`);
});
