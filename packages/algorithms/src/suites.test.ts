import { findProtocol, suites } from "@metabench/core";
import { describe, expect, it } from "vitest";
import plugins from "./index.ts";

const idsOf = (setting: string) =>
  plugins.flatMap((plugin) => ("setting" in plugin && plugin.setting === setting ? [plugin.id] : []));

describe("the suites", () => {
  it.each(suites.map((suite) => [suite.id, suite] as const))("%s sets options that they take", (_, suite) => {
    for (const { protocol, algorithms } of suite.entries)
      for (const { id, options } of algorithms) {
        const { kind } = findProtocol(protocol).at(suite.tier);
        const plugin = plugins.find((one) => one.id === id && "setting" in one && one.setting === kind);
        expect(plugin && "parseOptions" in plugin && plugin.parseOptions(options)).toMatchObject(options);
      }
  });

  it.each(suites.map((suite) => [suite.id, suite] as const))("%s names algorithms that exist", (_, suite) => {
    for (const { protocol, algorithms } of suite.entries) {
      const there = idsOf(findProtocol(protocol).at(suite.tier).kind);
      expect(there).toEqual(expect.arrayContaining(algorithms.map(({ id }) => id)));
    }
  });

  it.each(["few-shot-quick", "few-shot-standard"])("%s holds every few-shot learner and control", (id) => {
    const entries = suites.find((suite) => suite.id === id)?.entries ?? [];
    expect(entries).not.toEqual([]);
    for (const { protocol, algorithms } of entries)
      expect(algorithms.map((each) => each.id).sort()).toEqual(
        idsOf(findProtocol(protocol).at("quick").kind).sort(),
      );
  });
});
