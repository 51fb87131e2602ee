import { publishedBands } from "@metabench/core";
import { describe, expect, it } from "vitest";
import { loadPlugins } from "./load.ts";

// Suites, protocols and published bands name plugins of other packages by their ids alone. Here all of them are at hand.
const { algorithms, protocols, suites, find } = await loadPlugins({ sources: [], cwd: import.meta.dirname });

const entries = suites.flatMap(({ plugin: { id, tier, entries: own } }) =>
  own.map((entry) => [`${id}, ${entry.protocol}`, { tier, ...entry }] as const),
);
const idsFor = (setting: string) =>
  algorithms.filter(({ plugin }) => plugin.setting === setting).map(({ plugin }) => plugin.id);

describe("the built-in suites", () => {
  it.each(entries)("%s: names algorithms for the protocol, with options that they take", (_, entry) => {
    const { kind } = find.protocol(entry.protocol).plugin.at(entry.tier);
    for (const { id, options } of entry.algorithms)
      expect(find.algorithm(kind, id).plugin.parseOptions(options)).toMatchObject(options);
  });

  it.each(entries.filter(([name]) => name.startsWith("few-shot-")))(
    "%s: holds every learner and control for the protocol",
    (_, entry) => {
      const { setting } = find.protocol(entry.protocol).plugin;
      expect(entry.algorithms.map(({ id }) => id).sort()).toEqual(idsFor(setting).sort());
    },
  );
});

describe("the built-in protocols", () => {
  it.each(protocols.map(({ plugin }) => [plugin.id, plugin] as const))(
    "%s: name a data set and backbones that take the options set",
    (_, protocol) => {
      for (const { dataset, backbone } of protocol.tiers.map((tier) => protocol.at(tier))) {
        expect(find.dataset(dataset.id).plugin.parseOptions(dataset.options)).toMatchObject(dataset.options);
        expect(find.backbone(backbone.id).plugin.parseOptions(backbone.options)).toMatchObject(
          backbone.options,
        );
      }
    },
  );
});

it("published bands are of protocols that exist", () => {
  for (const { protocol } of publishedBands) expect(find.protocol(protocol).plugin.id).toBe(protocol);
});
