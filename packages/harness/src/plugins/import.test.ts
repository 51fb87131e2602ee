import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { algorithmText, folderWith, inChild } from "./plugin-files.test-support.ts";

const importing = async (file: string, then = "map((plugin) => plugin.id)") =>
  inChild(`(await importPlugin(${JSON.stringify(pathToFileURL(file).href)})).${then}`);

describe("a plugin outside the repository", () => {
  it("needs no node_modules: zod, core and tfjs are the suite's, and instances of one class", async () => {
    const folder = folderWith({
      "mine.ts": algorithmText("mine", {
        before: `
import * as tf from "@tensorflow/tfjs-core";
import { MetabenchError } from "@metabench/core";
import { note } from "./parts/note.ts";
type Unused = number;
export const shared = { tf, MetabenchError, z };`,
        summary: "note(tf.version_core)",
      }),
      "parts/note.ts":
        'import { z } from "zod"; export const note = (text: string): string => z.string().parse(text);',
    });
    const module = JSON.stringify(pathToFileURL(join(folder, "mine.ts")).href);
    const { value, stderr } = await inChild(`(async () => {
      const [plugin] = await importPlugin(${module});
      const { shared } = await import(${module});
      const { createRequire } = await import("node:module");
      const suite = createRequire(${JSON.stringify(import.meta.url)});
      return {
        id: plugin.id,
        summary: plugin.summary,
        options: plugin.parseOptions({}),
        // What require gives is what tfjs-node and the backends see.
        oneTensorFlow: suite("@tensorflow/tfjs-core").engine() === shared.tf.engine(),
        oneCore: (await import(suite.resolve("@metabench/core"))).MetabenchError === shared.MetabenchError,
      };
    })()`);
    expect(value).toEqual({
      id: "mine",
      summary: "4.22.0",
      options: { rate: 0.1 },
      oneTensorFlow: true,
      oneCore: true,
    });
    expect(stderr).toBe("");
  });

  it("does not get a copy of its own, even where one is installed beside it", async () => {
    const folder = folderWith({
      "mine.mjs": algorithmText("mine", { before: 'import own from "own-package";', summary: "own" }),
      "node_modules/zod/package.json":
        '{ "name": "zod", "version": "0.0.1", "type": "module", "exports": "./index.js" }',
      "node_modules/zod/index.js": 'throw new Error("the wrong zod");',
      "node_modules/own-package/package.json":
        '{ "name": "own-package", "type": "module", "exports": "./index.js" }',
      "node_modules/own-package/index.js": 'export default "Uses a package of its own.";',
    });
    expect(await importing(join(folder, "mine.mjs"), "map((plugin) => plugin.summary)")).toMatchObject({
      value: ["Uses a package of its own."],
    });
  });

  it("may be a CommonJS file, or a list", async () => {
    const folder = folderWith({
      "compiled.cjs": `
        const { z } = require("zod");
        const { defineAlgorithm } = require("@metabench/core");
        exports.__esModule = true;
        exports.default = ["one", "two"].map((id) => defineAlgorithm({
          id, version: "1.0.0", title: "Mine", summary: "s", reference: null, regime: "multi-task", target: "class",
          options: z.strictObject({}), create: () => { throw new Error(); },
        }));`,
    });
    expect(await importing(join(folder, "compiled.cjs"))).toMatchObject({ value: ["one", "two"] });
  });

  it("may be a link", async () => {
    const folder = folderWith({
      "real/mine.ts": algorithmText("mine", { before: 'import "./side.ts";' }),
      "real/side.ts": "export {};",
    });
    symlinkSync(join(folder, "real/mine.ts"), join(folder, "linked.ts"));
    expect(await importing(join(folder, "linked.ts"))).toMatchObject({ value: ["mine"] });
  });
});

describe("a module that does not load", () => {
  const failures: readonly [name: string, files: Record<string, string>, entry: string, says: RegExp][] = [
    [
      "an enum",
      { "a.ts": "enum Colour { Red }\nexport default Colour;" },
      "a.ts",
      /a\.ts:1: TypeScript enum is not supported.*as const/s,
    ],
    [
      "an enum in a file it imports",
      { "a.ts": 'import "./b.ts";', "b.ts": "export {};\nenum Colour { Red }" },
      "a.ts",
      /a\.ts does not load: \S*b\.ts:2: .*enum/s,
    ],
    ["a syntax error", { "a.ts": "\nexport default const;" }, "a.ts", /a\.ts:2: .*Fix the syntax/s],
    [
      "TypeScript under node_modules",
      { "node_modules/p/a.ts": "export default 1;" },
      "node_modules/p/a.ts",
      /does not strip types.*"\.\/dist\/index\.js"/s,
    ],
    [
      "a throw",
      { "a.mjs": '\nthrow new RangeError("out of paper");' },
      "a.mjs",
      /RangeError: out of paper\. Fix \S*a\.mjs:2:7/,
    ],
    [
      "an end of the process",
      { "a.mjs": "\nprocess.exit(0);" },
      "a.mjs",
      /process\.exit\(0\) was called while the file was imported.* Fix \S*a\.mjs:2:9/,
    ],
    [
      "an end of the process that it forbids itself",
      { "a.mjs": "try { process.exit(); } catch {}\nexport default [];" },
      "a.mjs",
      /process\.exit\(\) was called/,
    ],
    [
      "a missing package",
      { "a.mjs": 'import "no-such-package-here";' },
      "a.mjs",
      /no-such-package-here.*Install/s,
    ],
    [
      "a wrong manifest",
      { "a.ts": algorithmText("Not An Id") },
      "a.ts",
      /a\.ts.*"Not An Id".*id: lower-case/s,
    ],
    [
      "no default export",
      { "a.mjs": "export const plugin = 1;" },
      "a.mjs",
      /a\.mjs has no default export.*defineAlgorithm/s,
    ],
    ["an empty list", { "a.mjs": "export default [];" }, "a.mjs", /empty list/],
    ["something else", { "a.mjs": 'export default [{ kind: "trainer" }];' }, "a.mjs", /Item 0 .*kind: /s],
    [
      "a hand-made plugin",
      { "a.mjs": 'export default { kind: "backbone", id: "b" };' },
      "a.mjs",
      /version: .*instantiate: must be a function/s,
    ],
  ];

  it("is told with file and remedy", async () => {
    const modules = failures.map(([, files, entry]) => pathToFileURL(join(folderWith(files), entry)).href);
    const { value } = await inChild(
      `Promise.all(${JSON.stringify(modules)}.map((module) => importPlugin(module).catch(({ code, message }) => ({ code, message }))))`,
    );
    const told = value as readonly { readonly code: string; readonly message: string }[];
    expect(told).toHaveLength(failures.length);
    for (const [at, [name, , , says]] of failures.entries())
      expect(told[at], name).toEqual({ code: "invalid-plugin", message: expect.stringMatching(says) });
  });

  it("keeps the cause", async () => {
    const { error } = await importing(
      join(folderWith({ "a.mjs": 'throw new RangeError("out of paper");' }), "a.mjs"),
    );
    expect(error?.cause).toBe("RangeError: out of paper");
  });
});

describe("a plugin's texts", () => {
  it.each([
    ["turn the direction of writing", '"Answers \\u202E at random."', "summary", "\\u{202e}"],
    ["hold an escape sequence", '"\\u001B[2J"', "summary", "\\u{001b}"],
    ["have two lines", '"one\\ntwo"', "summary", "\\u{000a}"],
  ])("are refused where they %s, with file, field and character", async (_, summary, field, character) => {
    const folder = folderWith({ "mine.mjs": algorithmText("mine", { summary }) });
    const { error } = await importing(join(folder, "mine.mjs"));
    expect(error?.code).toBe("invalid-plugin");
    for (const part of ["mine.mjs", field, character, "Take it out"]) expect(error?.message).toContain(part);
  });
});
