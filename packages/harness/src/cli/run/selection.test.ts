import { kinds, defineAlgorithm, type Plugin, type Setting } from "@metabench/core";
import datasets from "@metabench/datasets";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createRegistry, type Loaded } from "../../plugins/index.ts";
import { select, type Selection } from "./selection.ts";

const algorithm = (
  id: string,
  setting: Setting,
  role: "method" | "control" = "method",
  presets: Readonly<Record<string, { rate?: number; weighting?: string }>> = {},
): Loaded => ({
  plugin: defineAlgorithm({
    id,
    version: "1.0.0",
    title: id,
    summary: id,
    reference: null,
    regime: kinds[setting].regime,
    target: kinds[setting].target,
    role,
    options: z.strictObject({ rate: z.number().default(0.1), weighting: z.string().default("equal") }),
    presets,
    create: (): never => {
      throw new Error("not needed here");
    },
  }) as unknown as Loaded["plugin"],
  origin: { module: `file:///${setting}/${id}.ts`, package: null, packageVersion: null, source: null },
});
const builtIn = {
  module: "file:///datasets.js",
  package: "@metabench/datasets",
  packageVersion: "1.0.0",
  source: null,
};
const catalogue: readonly Loaded[] = datasets.map((plugin: Plugin) => ({ plugin, origin: builtIn }));
const registry = createRegistry([
  ...catalogue,
  algorithm("maml", "few-shot-classification"),
  algorithm("maml", "few-shot-regression"),
  algorithm("mine", "few-shot-classification"),
  algorithm("single-task", "multi-task"),
  algorithm("hard-sharing", "multi-task"),
]);
const withControl = createRegistry([
  ...catalogue,
  algorithm("maml", "few-shot-classification"),
  algorithm("guess", "few-shot-classification", "control"),
  algorithm("maml", "few-shot-regression"),
]);

const nothing: Selection = {
  suite: undefined,
  protocols: [],
  algorithms: [],
  tier: undefined,
  seeds: null,
  preset: undefined,
  options: {},
  training: {},
  standing: new Set(),
  substitutes: { dataset: undefined, backbone: undefined },
  budgets: { images: undefined, episodes: undefined },
  again: "none",
};
const chosen = (selection: Partial<Selection>) =>
  select({ ...nothing, ...selection }, registry).entries.map(({ protocol, algorithms }) => ({
    protocol: `${protocol.id} ${protocol.tier} ${protocol.division}`,
    algorithms: algorithms.map(({ id, options }) => [id, ...Object.values(options)].join(" ")),
  }));

describe("select", () => {
  it("takes one algorithm on the suite's protocols of its settings, also one the suite does not hold", () => {
    expect(chosen({ algorithms: ["maml", "mine"] })).toEqual([
      { protocol: "few-shot/double-mnist-28/5w1s quick closed", algorithms: ["maml", "mine"] },
      { protocol: "few-shot/sinusoid/10-shot quick closed", algorithms: ["maml"] },
    ]);
  });

  it("takes a preset of the algorithms named, below the options that are set and above the suite's", () => {
    const preset = (selection: Partial<Selection>) =>
      select(
        { ...nothing, suite: "quick", protocols: ["multi-task/multi-mnist"], ...selection },
        createRegistry([
          ...catalogue,
          algorithm("hard-sharing", "multi-task", "method", { paper: { rate: 0.5, weighting: "fixed" } }),
        ]),
      ).entries[0]?.algorithms.map(({ options }) => options);
    const one = { algorithms: ["hard-sharing"], preset: "paper" };
    expect(preset(one)?.[0]).toEqual({ weighting: "fixed", rate: 0.5 });
    expect(preset({ ...one, options: { rate: 1 } })?.[0]).toEqual({ weighting: "fixed", rate: 1 });
    expect(() => preset({ ...one, preset: "other" })).toThrow(
      /hard-sharing .* no preset "other", only paper/,
    );
    expect(() => preset({ preset: "paper" })).toThrow(/--preset sets options of a named algorithm/);
    expect(() => chosen({ algorithms: ["mine"], preset: "paper" })).toThrow(/mine .* has no presets/);
  });

  it("narrows a suite to a protocol, and keeps the suite's options", () => {
    expect(
      chosen({ suite: "quick", protocols: ["multi-task/multi-mnist"], algorithms: ["hard-sharing"] }),
    ).toEqual([
      {
        protocol: "multi-task/multi-mnist quick closed",
        algorithms: ["hard-sharing equal", "hard-sharing uncertainty", "hard-sharing pcgrad"],
      },
    ]);
  });

  it("runs a protocol with every algorithm for its setting, at the tier asked for", () => {
    expect(chosen({ protocols: ["few-shot/omniglot-vinyals/20w1s"], tier: "standard" })).toEqual([
      { protocol: "few-shot/omniglot-vinyals/20w1s standard closed", algorithms: ["maml", "mine"] },
    ]);
  });

  it("puts changed budgets in the open division, and unchanged ones not", () => {
    const { images } = select({ ...nothing, protocols: ["multi-task/multi-mnist"] }, registry).entries[0]
      ?.protocol.budget ?? { images: 0 };
    const division = (budget: number) =>
      chosen({ protocols: ["multi-task/multi-mnist"], budgets: { images: budget, episodes: undefined } })[0]
        ?.protocol;
    expect(division(images)).toBe("multi-task/multi-mnist quick closed");
    expect(division(1000)).toBe("multi-task/multi-mnist quick open");
    const [entry] = select(
      { ...nothing, protocols: ["multi-task/multi-mnist"], budgets: { images: 1000, episodes: undefined } },
      registry,
    ).entries;
    expect(entry?.protocol.budget).toEqual({ images: 1000, validateEvery: 1000 });
  });

  it("gives options to the algorithms named, checked by their own schema", () => {
    expect(
      chosen({
        protocols: ["multi-task/multi-mnist"],
        algorithms: ["hard-sharing"],
        options: { rate: 0.5 },
      })[0]?.algorithms,
    ).toEqual(["hard-sharing 0.5"]);
    const refused = (options: Selection["options"]) => () =>
      chosen({ protocols: ["multi-task/multi-mnist"], algorithms: ["hard-sharing"], options });
    expect(refused({ rate: "fast" })).toThrow(expect.objectContaining({ code: "invalid-options" }));
    expect(refused({ speed: 1 })).toThrow(/speed/);
  });

  it.each<[string, Partial<Selection>, RegExp]>([
    ["an unknown suite", { suite: "quik" }, /no suite called "quik"\. Did you mean quick\?/],
    [
      "an unknown protocol",
      { protocols: ["few-shot/sinusoids/5-shot"] },
      /no protocol called "few-shot\/sinusoids\/5-shot"\. Did you mean few-shot\/sinusoid\/5-shot,/,
    ],
    [
      "a protocol that the suite lacks",
      { suite: "quick", protocols: ["few-shot/sinusoid/5-shot"] },
      /Suite quick has no protocol/,
    ],
    ["an unknown algorithm", { algorithms: ["mamll"] }, /Did you mean maml\?/],
    [
      "an algorithm for another setting",
      { protocols: ["multi-task/multi-mnist"], algorithms: ["maml"] },
      /There is one for few-shot-classification/,
    ],
    [
      "a protocol that none of the algorithms is for, beside one that some are for",
      { protocols: ["few-shot/omniglot-vinyals/5w1s", "multi-task/multi-mnist"], algorithms: ["maml"] },
      /None of the named algorithms \(maml\) runs on multi-task\/multi-mnist/,
    ],
    ["options for nobody", { options: { rate: 1 } }, /--algorithm/],
    [
      "episodes where there are none",
      { protocols: ["multi-task/multi-mnist"], budgets: { images: undefined, episodes: 5 } },
      /--episodes/,
    ],
    [
      "a tier that does not exist",
      { protocols: ["multi-task/multi-mnist"], tier: "huge" as never },
      /no tier "huge"/,
    ],
  ])("refuses %s", (_, selection, says) => {
    expect(() => chosen(selection)).toThrow(says);
  });

  it("asks training options of methods, and leaves controls as they are", () => {
    const asked = (training: Selection["training"], algorithms: readonly string[] = ["maml", "guess"]) =>
      select(
        { ...nothing, protocols: ["few-shot/double-mnist-28/5w1s"], algorithms, training },
        withControl,
      ).entries.map(({ protocol, algorithms: choices }) => [
        protocol.division,
        ...choices.map((choice) => [choice.id, choice.training]),
      ]);
    expect(asked({ clipNorm: 1 })).toEqual([["closed", ["maml", { clipNorm: 1 }], ["guess", undefined]]]);
    expect(asked({})).toEqual([["closed", ["maml", undefined], ["guess", undefined]]]);
    expect(() => asked({ clipNorm: 1 }, ["guess"])).toThrow(
      expect.objectContaining({ code: "invalid-usage", message: expect.stringMatching(/only controls/) }),
    );
  });

  it("opens the division where training images are changed, and refuses that where there are none", () => {
    const divisions = (training: Selection["training"]) =>
      select({ ...nothing, protocols: ["few-shot/double-mnist-28/5w1s"], training }, withControl).entries.map(
        ({ protocol }) => protocol.division,
      );
    expect(divisions({ clipNorm: 1, accumulate: 2, l1: 1, earlyStopping: 1, schedule: "step" })).toEqual([
      "closed",
    ]);
    expect(divisions({ mixup: 0.2 })).toEqual(["open"]);
    expect(divisions({ augmentation: ["crop"] })).toEqual(["open"]);
    expect(() =>
      select({ ...nothing, protocols: ["few-shot/sinusoid/10-shot"], training: { mixup: 1 } }, withControl),
    ).toThrow(
      expect.objectContaining({ code: "invalid-usage", message: expect.stringMatching(/functions/) }),
    );
  });

  it("lets standing wishes of the configuration fall away where they cannot be met", () => {
    const chosenWith = (selection: Partial<Selection>) =>
      select({ ...nothing, ...selection }, withControl).entries.map(({ protocol, algorithms }) => [
        protocol.division,
        ...algorithms.map((choice) => choice.training),
      ]);
    const wishes = { training: { mixup: 1, clipNorm: 1 }, standing: new Set(["mixup", "clipNorm"]) };
    const sinusoid = { protocols: ["few-shot/sinusoid/10-shot"], algorithms: ["maml"] };
    expect(
      chosenWith({ ...wishes, protocols: ["few-shot/double-mnist-28/5w1s"], algorithms: ["guess"] }),
    ).toEqual([["open", undefined]]);
    expect(chosenWith({ ...wishes, ...sinusoid })).toEqual([["closed", { clipNorm: 1 }]]);
    expect(() => chosenWith({ ...wishes, ...sinusoid, standing: new Set(["clipNorm"]) })).toThrow(
      /functions/,
    );
  });

  it("takes the suite's own tier unless told otherwise", () => {
    expect(chosen({ suite: "standard", algorithms: ["single-task"] })[0]?.protocol).toBe(
      "multi-task/multi-mnist standard closed",
    );
    expect(chosen({ suite: "standard", algorithms: ["single-task"], tier: "quick" })[0]?.protocol).toBe(
      "multi-task/multi-mnist quick closed",
    );
  });
});
