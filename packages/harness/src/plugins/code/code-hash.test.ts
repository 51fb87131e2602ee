import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { folderWith } from "../plugin-files.test-support.ts";
import { codeHash } from "./code-hash.ts";

const files = {
  "package.json": '{ "type": "module" }',
  "own/index.js":
    'import first from "./first.js";\nimport { made } from "./made/index.js";\nexport default [first, ...made];\n',
  "own/first.js":
    'import { rate } from "./parts/rate.js";\nimport { used as taken } from "other";\nexport default { id: "first", rate, taken };\n',
  "own/parts/rate.js": "export const rate = 1;\n",
  "own/made/index.js":
    'import { second } from "./second.js";\nexport const made = [{ id: "second", second }];\n',
  "own/made/second.js": "export const second = 2;\n",
  "node_modules/other/package.json": '{ "name": "other", "type": "module", "exports": "./index.js" }',
  "node_modules/other/index.js": 'export { used } from "./used.js";\nexport { unused } from "./unused.js";\n',
  "node_modules/other/used.js": 'import { deep } from "./deep.js";\nexport const used = () => deep;\n',
  "node_modules/other/deep.js": "export const deep = 1;\n",
  "node_modules/other/unused.js": "export const unused = () => 1;\n",
};
/** Hashes of both exports of a copy of the tree in a folder of its own, in which one file was edited. */
async function hashes(edited?: keyof typeof files, text = "export const more = 1;\n") {
  const folder = folderWith(edited ? { ...files, [edited]: files[edited] + text } : files);
  const entry = pathToFileURL(join(folder, "own/index.js")).href;
  const other = pathToFileURL(join(folder, "node_modules/other/index.js")).href;
  const exported = ((await import(entry)) as { default: readonly unknown[] }).default;
  await import(other);
  return Promise.all(exported.map(async (one) => codeHash(one, entry, new Map([["other", other]]))));
}

describe("the hash of a method's code", () => {
  it("is one wherever the package lies, and another for each method", async () => {
    const [first, second] = await hashes();
    expect(await hashes()).toEqual([first, second]);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(second).not.toBe(first);
  });

  it.each<[keyof typeof files, boolean, boolean]>([
    ["own/first.js", true, false],
    ["own/parts/rate.js", true, false],
    ["own/made/second.js", false, true],
    ["own/made/index.js", false, true],
    ["own/index.js", false, false],
    ["node_modules/other/used.js", true, false],
    ["node_modules/other/deep.js", true, false],
    ["node_modules/other/unused.js", false, false],
  ])("changes with the files that it runs, and no others: %s", async (file, firstChanges, secondChanges) => {
    const before = await hashes();
    const after = await hashes(file);
    expect(after.map((hash, at) => hash !== before[at])).toEqual([firstChanges, secondChanges]);
  });

  it("does not change with line ends", async () => {
    const [before] = await hashes();
    expect((await hashes("own/parts/rate.js", "// a\r\n"))[0]).toBe(
      (await hashes("own/parts/rate.js", "// a\n"))[0],
    );
    expect((await hashes("own/parts/rate.js", "// a\n"))[0]).not.toBe(before);
  });
});
