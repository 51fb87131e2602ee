import type { TrainingOptions } from "@metabench/core";
import { describe, expect, it } from "vitest";
import { commandOf } from "./command.ts";
import { own, specOf } from "./command.test-support.ts";

describe("the command that runs a trial again", () => {
  it("names protocol, tier, algorithm, its options and the seed", () => {
    expect(commandOf(specOf({ order: 1, schedule: "linear" }), own)).toBe(
      "metabench run --protocol few-shot/double-mnist-28/5w1s --tier quick --algorithm maml " +
        "--set order=1 --set schedule=linear --seeds 2",
    );
  });

  it("quotes what a shell or --set would read otherwise", () => {
    const command = commandOf(specOf({ hidden: [40, 40], name: "it's", digits: "12" }), own);
    expect(command).toContain(`--set 'hidden=[40,40]' --set 'name=it'\\''s' --set 'digits="12"'`);
  });

  it("says which plugins it needs, of a bare file its name alone, and each once", () => {
    const mine = {
      origin: {
        module: "file:///home/me/my%20method.ts",
        package: null,
        packageVersion: null,
        source: "0".repeat(64),
      },
    };
    const theirs = {
      origin: { module: "file:///x.js", package: "their-data", packageVersion: "2.0.0", source: null },
    };
    const command = commandOf(specOf({}), { ...own, algorithm: mine, dataset: theirs, backbone: mine });
    expect(command).toContain("--plugin './my method.ts' --plugin their-data --seeds");
    expect(command).not.toContain("/home");
  });

  it.each([
    ["dataset", { id: "glyphs", options: {} }, " --dataset glyphs "],
    ["backbone", { id: "conv2", options: {} }, " --backbone conv2 "],
  ] as const)(
    "names another %s, and leaves the protocol its own options of the rest",
    (part, choice, flag) => {
      const spec = specOf({}, "open");
      const basedOn = spec.protocol.id;
      const protocol = { ...spec.protocol, id: "few-shot/other/5w1s", basedOn, [part]: choice };
      const command = commandOf({ ...spec, protocol }, own);
      expect(command).toContain(`--protocol ${basedOn} `);
      expect(command).toContain(flag);
      expect(command.match(/--(dataset|backbone)/g)).toHaveLength(1);
    },
  );

  it("sets the options of another data set and backbone", () => {
    const spec = specOf({}, "open");
    const protocol = {
      ...spec.protocol,
      id: "few-shot/image-folder/5w1s",
      basedOn: spec.protocol.id,
      dataset: { id: "image-folder", options: { folder: "my birds", ratio: [5, 5, 5] } },
      backbone: { id: "resnet-12", options: { width: 32 } },
    };
    expect(commandOf({ ...spec, protocol }, own)).toContain(
      "--dataset image-folder --dataset-set 'folder=my birds' --dataset-set 'ratio=[5,5,5]' " +
        "--backbone resnet-12 --backbone-set width=32",
    );
  });

  it("asks training for what was asked", () => {
    const training: TrainingOptions = {
      clipNorm: 0.5,
      accumulate: 2,
      schedule: "cosine",
      l1: 1e-7,
      mixup: 0.2,
      augmentation: ["flip", "crop"],
      earlyStopping: 3,
    };
    const command = commandOf({ ...specOf({}), training }, own);
    expect(command).toContain("--training clip-norm=0.5 --training accumulate=2 --training schedule=cosine");
    expect(commandOf(specOf({}), own)).not.toContain("--training");
  });

  it("declares how many settings were tried, where it was more than these", () => {
    expect(commandOf(specOf({}), own, 7)).toMatch(/--seeds 2 --tried 7$/);
    expect(commandOf(specOf({}), own, 1)).not.toContain("--tried");
  });

  it("gives the budgets in the open division", () => {
    expect(commandOf(specOf({}, "open"), own)).toMatch(/--budget \d+ --episodes 200$/);
  });
});
