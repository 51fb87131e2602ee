import { describe, expect, expectTypeOf, it } from "vitest";
import { compileLeaderboard } from "../leaderboard/compile.ts";
import { buildRecord, classified } from "../testing/index.ts";
import { defineProtocol, type ProtocolDefinition } from "./definition.ts";
import type { FewShotClassificationProtocol, MultiTaskProtocol } from "./protocol.ts";

const tier = {
  seeds: 1,
  budget: { images: 1000, validateEvery: 500 },
  validationEpisodes: 10,
  testEpisodes: 20,
};
const flags: ProtocolDefinition<"few-shot-classification"> = {
  kind: "few-shot-classification",
  id: "my-lab/flags/5w1s",
  version: 1,
  title: "Flags, 5-way 1-shot",
  summary: "Flags never seen in training are to be told apart.",
  dataset: { id: "flags" },
  backbone: { id: "conv4", options: { width: 64 } },
  ways: 5,
  shots: 1,
  queries: 15,
  curveSteps: 5,
  tiers: {
    quick: { ...tier, backbone: { id: "conv4", options: { width: 8 } } },
    full: { ...tier, seeds: 5 },
  },
};

describe("defineProtocol", () => {
  it("gives each tier what all share and what is its own, in the closed division", () => {
    const { kind, id, setting, tiers, at } = defineProtocol(flags);
    expect({ kind, id, setting, tiers }).toEqual({
      kind: "protocol",
      id: "my-lab/flags/5w1s",
      setting: "few-shot-classification",
      tiers: ["quick", "full"],
    });
    expect(at("quick")).toEqual({
      kind: "few-shot-classification",
      id: "my-lab/flags/5w1s",
      version: 1,
      title: "Flags, 5-way 1-shot",
      summary: "Flags never seen in training are to be told apart.",
      tier: "quick",
      division: "closed",
      dataset: { id: "flags", options: {} },
      backbone: { id: "conv4", options: { width: 8 } },
      ways: 5,
      validationWays: 5,
      shots: 1,
      queries: 15,
      curveSteps: 5,
      ...tier,
    });
    expect(at("full")).toMatchObject({ seeds: 5, backbone: { options: { width: 64 } } });
    expect(() => at("standard")).toThrow(
      /my-lab\/flags\/5w1s has no tier "standard"\. It has quick, full\. Choose one/,
    );
  });

  it("narrows the other fields, and what a tier holds, by the literal of `kind`", () => {
    const protocol = defineProtocol(flags);
    expectTypeOf(protocol.at("quick")).toEqualTypeOf<FewShotClassificationProtocol>();
    const { id, version, title, summary, dataset, backbone } = flags;
    const basis = { id, version, title, summary, dataset, backbone };
    const { seeds, budget } = tier;
    const joint = defineProtocol({ kind: "multi-task", ...basis, tiers: { quick: { seeds, budget } } });
    expectTypeOf(joint.at("quick")).toEqualTypeOf<MultiTaskProtocol>();
    const quick = { seeds, budget };
    const wrong = [
      // @ts-expect-error Multi-task learning has no ways.
      () => defineProtocol({ kind: "multi-task", ...basis, tiers: { quick }, ways: 5 }),
      // @ts-expect-error A few-shot protocol says how many episodes it tests.
      () => defineProtocol({ ...flags, tiers: { quick } }),
      // @ts-expect-error There is no such kind.
      () => defineProtocol({ ...flags, kind: "few-shot" }),
    ];
    for (const define of wrong) expect(define).toThrow(expect.objectContaining({ code: "invalid-plugin" }));
  });

  it.each<[string, object, RegExp]>([
    ["a kind that there is not", { kind: "few-shot" }, /kind: one of "few-shot-classification", /],
    ["an id without a namespace", { id: "flags" }, /id: two or more parts .* such as my-lab\/flags\/5w1s/],
    ["a field of another type", { shots: "1" }, /shots: a whole number, at least 1/],
    [
      "a data set without its form",
      { dataset: "flags" },
      /dataset: a plugin by id and options, such as \{ id:/,
    ],
    ["one way, which nobody could miss", { ways: 1 }, /ways: a whole number, at least 2/],
    ["a field that there is not", { wayz: 5 }, /wayz/],
    ["no tier", { tiers: {} }, /tiers: at least one of quick, standard and full/],
    [
      "a mistake in any tier",
      { tiers: { quick: tier, full: { ...tier, seeds: 0 } } },
      /tiers\.full\.seeds: a whole number, at least 1/,
    ],
    [
      "a budget that ends before the first look",
      { tiers: { quick: { ...tier, budget: { images: 10, validateEvery: 11 } } } },
      /tiers\.quick\.budget\.validateEvery: at most the images/,
    ],
  ])("refuses %s, as the plugin's fault, with what was expected", (_, change, says) => {
    expect(() => defineProtocol({ ...flags, ...change })).toThrow(
      expect.objectContaining({ code: "invalid-plugin", message: expect.stringMatching(says) }),
    );
  });

  it("makes other trials and another table of an edited definition, and the same ones of new words", () => {
    const record = (change: object) =>
      buildRecord({
        protocol: defineProtocol({ ...flags, ...change }).at("quick"),
        outcome: classified([[60, 60]]),
      });
    const [before, reworded, edited] = [
      record({}),
      record({ title: "Other words" }),
      record({ curveSteps: 6 }),
    ];
    expect(reworded.identity).toBe(before.identity);
    expect(edited.identity).not.toBe(before.identity);
    expect(
      compileLeaderboard([before, edited]).tables.map(({ id, notComparable }) => [id, notComparable]),
    ).toEqual([
      ["my-lab/flags/5w1s/v1/quick", null],
      [
        expect.stringMatching(/^my-lab\/flags\/5w1s\/v1\/quick\/[0-9a-f]{8}$/),
        expect.stringMatching(/the definition of the protocol differs/),
      ],
    ]);
  });
});
