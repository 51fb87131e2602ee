import { defineAlgorithm, defineBackbone, kinds, type Setting } from "@metabench/core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createRegistry, type Loaded, type PluginOrigin } from "./registry.ts";

const origin = (file: string): PluginOrigin => ({
  module: `file:///home/me/${file}`,
  package: null,
  packageVersion: null,
  source: null,
});
const manifest = (id: string) => ({
  id,
  version: "1.0.0",
  title: id,
  summary: id,
  reference: null,
  options: z.strictObject({}),
});
const create = (): never => {
  throw new Error("not needed here");
};
const algorithm = (id: string, setting: Setting, file = "a.ts"): Loaded => ({
  plugin: defineAlgorithm({
    ...manifest(id),
    regime: kinds[setting].regime,
    target: kinds[setting].target,
    create,
  }) as unknown as Loaded["plugin"],
  origin: origin(file),
});
const backbone = (id: string): Loaded => ({
  plugin: defineBackbone({ ...manifest(id), create }),
  origin: origin("b.ts"),
});

describe("createRegistry", () => {
  it("lets one id serve several settings and kinds", () => {
    const registry = createRegistry([
      algorithm("maml", "multi-task"),
      algorithm("maml", "few-shot-regression"),
      backbone("maml"),
    ]);
    expect(registry.find.algorithm("multi-task", "maml").plugin.setting).toBe("multi-task");
    expect(registry.find.algorithm("few-shot-regression", "maml").plugin.setting).toBe("few-shot-regression");
    expect(registry.find.backbone("maml").plugin.kind).toBe("backbone");
  });

  it("names both origins of a clash", () => {
    expect(() =>
      createRegistry([algorithm("maml", "multi-task", "one.ts"), algorithm("maml", "multi-task", "two.ts")]),
    ).toThrow(
      expect.objectContaining({
        code: "duplicate-plugin",
        message: expect.stringMatching(/"maml" \(multi-task\).*\/home\/me\/one\.ts.*\/home\/me\/two\.ts/),
      }),
    );
  });

  it("suggests what may have been meant, and says for which setting an algorithm is", () => {
    const { find } = createRegistry([
      algorithm("maml", "few-shot-regression"),
      algorithm("single-task", "multi-task"),
      backbone("conv4"),
    ]);
    const says = (message: RegExp) =>
      expect.objectContaining({ code: "plugin-not-found", message: expect.stringMatching(message) });
    expect(() => find.algorithm("multi-task", "singletask")).toThrow(says(/Did you mean single-task\?/));
    expect(() => find.algorithm("multi-task", "maml")).toThrow(
      says(/There is one for few-shot-regression\./),
    );
    expect(() => find.backbone("conv5")).toThrow(says(/Did you mean conv4\?/));
    expect(() => find.dataset("omniglot")).toThrow(says(/list datasets/));
    expect(() => find.protocol("few-shot/omniglot/5w1s")).toThrow(
      says(/no protocol called .*list protocols/),
    );
  });
});
