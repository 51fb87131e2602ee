import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { algorithmText, folderWith, inChild } from "./plugin-files.test-support.ts";

/** Origins of the algorithm "mine", one for each loading. */
const originsOfMine = async (
  loadings: readonly { readonly cwd: string; readonly sources: readonly string[] }[],
) =>
  inChild(
    `Promise.all(${JSON.stringify(loadings)}.map(async (loading) => (await loadPlugins(loading)).find.algorithm("multi-task", "mine").origin))`,
  );

describe("loadPlugins", () => {
  it("loads the built-in packages like a stranger's", async () => {
    const { value } = await inChild(`loadPlugins({ cwd: "/", sources: [] }).then((registry) => ({
      maml: registry.algorithms.filter(({ plugin }) => plugin.id === "maml").map(({ plugin }) => plugin.setting).sort(),
      origin: registry.find.dataset("multi-mnist").origin.package,
      backbone: registry.find.backbone("conv4").origin.source,
    }))`);
    expect(value).toEqual({
      maml: ["few-shot-classification", "few-shot-regression"],
      origin: "@metabench/datasets",
      backbone: null,
    });
  });

  it("hashes a bare file with what it imports, wherever it lies and whatever it is called", async () => {
    const folder = (side: string) =>
      folderWith({
        "deep/mine.ts": algorithmText("mine", { before: 'import "../side.ts"; import "./end.js";' }),
        "deep/renamed.ts": algorithmText("mine", { before: 'import "../side.ts"; import "./end.js";' }),
        "side.ts": side,
        "deep/end.js": "export {};",
      });
    const first = folder("export const a = 1;\n");
    const { value } = await originsOfMine([
      { cwd: first, sources: ["deep/mine.ts"] },
      { cwd: first, sources: [join(first, "deep/renamed.ts")] },
      { cwd: join(folder("export const a = 1;\r\n"), "deep"), sources: ["./mine.ts"] },
      { cwd: folder("export const a = 2;\n"), sources: ["deep/mine.ts"] },
    ]);
    const [one, renamed, elsewhere, changed] = (value as readonly { readonly source: string }[]).map(
      ({ source }) => source,
    );
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(renamed).toBe(one);
    expect(elsewhere).toBe(one);
    expect(changed).not.toBe(one);
  });

  it("loads a package once, by whatever names", async () => {
    const folder = folderWith({
      "node_modules/my-methods/package.json": JSON.stringify({
        name: "my-methods",
        version: "2.3.4",
        type: "module",
        metabench: { plugins: "./plugins.js" },
      }),
      "node_modules/my-methods/plugins.js": algorithmText("mine"),
    });
    symlinkSync(join(folder, "node_modules/my-methods"), join(folder, "linked"));
    expect(
      await originsOfMine([
        { cwd: folder, sources: ["my-methods", "./node_modules/my-methods", "./linked"] },
      ]),
    ).toMatchObject({
      value: [{ package: "my-methods", packageVersion: "2.3.4", source: null }],
    });
  });

  it("refuses a plugin that would take a built-in's place", async () => {
    const folder = folderWith({ "own.ts": algorithmText("single-task") });
    const { error } = await originsOfMine([{ cwd: folder, sources: ["own.ts"] }]);
    expect(error).toMatchObject({
      code: "duplicate-plugin",
      message: expect.stringMatching(/package @metabench\/algorithms .*own\.ts/),
    });
  });
});
