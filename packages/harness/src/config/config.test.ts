import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { loadConfig } from "./config.ts";

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "metabench-config-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe("loadConfig", () => {
  it("is empty without a file", async () => {
    expect(await loadConfig(folderWith({}))).toEqual({ plugins: [], data: [], datasets: {}, backbones: {} });
  });

  it("makes folders absolute, leaves plugins as they are", async () => {
    const folder = folderWith({
      "metabench.config.json": '{ "plugins": ["./a.ts", "b"], "data": ["data"], "store": "kept", "jobs": 3 }',
    });
    expect(await loadConfig(folder)).toEqual({
      plugins: ["./a.ts", "b"],
      data: [join(folder, "data")],
      store: join(folder, "kept"),
      jobs: 3,
      datasets: {},
      backbones: {},
    });
  });

  it("takes training options, as their schema has them", async () => {
    const folder = folderWith({
      "metabench.config.json": '{ "training": { "clipNorm": 1, "augmentation": ["crop", "flip"] } }',
    });
    expect((await loadConfig(folder)).training).toEqual({ clipNorm: 1, augmentation: ["flip", "crop"] });
  });

  it("takes options of data sets and backbones by id", async () => {
    const folder = folderWith({
      "metabench.config.json": JSON.stringify({
        datasets: { "image-folder": { folder: "birds", classes: { train: ["a"] } } },
        backbones: { "resnet-12": { width: 32 } },
      }),
    });
    expect(await loadConfig(folder)).toMatchObject({
      datasets: { "image-folder": { folder: "birds", classes: { train: ["a"] } } },
      backbones: { "resnet-12": { width: 32 } },
    });
  });

  it.each<[Record<string, string>, RegExp]>([
    [
      { "metabench.config.json": '{ "training": { "clip-norm": 1 } }' },
      /"training\.clip-norm"\. Did you mean training\.clipNorm\?/,
    ],
    [
      { "metabench.config.json": '{ "stores": [], "jobs": 0 }' },
      /metabench\.config\.json: jobs: .*"stores"\. Did you mean store\?/,
    ],
    [{ "metabench.config.json": '{ "datasets": { "image-folder": "birds" } }' }, /datasets\.image-folder: /],
    [{ "metabench.config.json": "{" }, /metabench\.config\.json cannot be read/],
    [{ "metabench.config.json": "{}", "metabench.config.ts": "export default {};" }, /holds both/],
  ])("refuses, naming file and field: %j", async (files, says) => {
    await expect(loadConfig(folderWith(files))).rejects.toMatchObject({
      code: "invalid-usage",
      message: expect.stringMatching(says),
    });
  });
});
