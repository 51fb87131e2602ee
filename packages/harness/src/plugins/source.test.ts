import { describe, expect, it } from "vitest";
import { folderWith } from "./plugin-files.test-support.ts";
import { locate } from "./source.ts";

const packageText = (manifest: object) =>
  JSON.stringify({ name: "my-methods", version: "2.3.4", type: "module", ...manifest });

describe("locate", () => {
  it.each<[string, Record<string, string>, string, string, RegExp]>([
    ["a missing file", {}, "./gone.ts", "plugin-not-found", /no plugin at .*gone\.ts/],
    ["a missing package", {}, "gone", "plugin-not-found", /no package "gone".*npm install gone/],
    [
      "a folder without package.json",
      { "p/a.ts": "" },
      "./p",
      "invalid-plugin",
      /folder without package\.json/,
    ],
    [
      "a package that names no plugins",
      { "p/package.json": packageText({}) },
      "./p",
      "invalid-plugin",
      /package\.json: metabench: .*"metabench": \{/,
    ],
    [
      "a package that is not built",
      { "p/package.json": packageText({ metabench: { plugins: "./dist/a.js" } }) },
      "./p",
      "invalid-plugin",
      /dist\/a\.js does not exist\. Build/,
    ],
    ["a package.json that is no JSON", { "p/package.json": "{" }, "./p", "invalid-plugin", /not valid JSON/],
  ])("tells of %s", async (_, files, source, code, says) => {
    await expect(locate(source, folderWith(files))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(says),
    });
  });

  it("finds a package installed beside the working folder, whatever its exports", async () => {
    const folder = folderWith({
      "node_modules/my-methods/package.json": packageText({
        exports: {},
        metabench: { plugins: "./plugins.js" },
      }),
      "node_modules/my-methods/plugins.js": "",
    });
    expect(await locate("my-methods", folder)).toEqual({
      module: expect.stringMatching(/^file:.*\/node_modules\/my-methods\/plugins\.js$/),
      package: "my-methods",
      packageVersion: "2.3.4",
    });
  });

  it("finds the suite's own packages from anywhere", async () => {
    expect(await locate("@metabench/datasets", folderWith({}))).toMatchObject({
      package: "@metabench/datasets",
    });
  });
});
