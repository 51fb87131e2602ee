import { readdirSync, readFileSync } from "node:fs";
import {
  checkRecord,
  essentialsOf,
  referenceAlgorithm,
  trialIdentity,
  type DatasetPlugin,
  type TrialRecord,
} from "@metabench/core";
import { describe, expect, it } from "vitest";
import { loadPlugins } from "../plugins/index.ts";
import { prepareDataset } from "../prepare/index.ts";
import { specsOn } from "./spec.ts";

// The records of `results/` cost days. A change must leave each of them readable, under its name, and the trial that would be planned today:
// otherwise the trial runs again, and its row stands twice. Wanted changes of a method raise its version and replace its records.
const folder = new URL("../../../../results/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
const parsed = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), "utf8"));
const records = files.map((file): [name: string, record: TrialRecord] => {
  const record = checkRecord(parsed(file), file);
  const { algorithm, protocol, seed } = record.spec;
  return [`${file.slice(0, 8)}, ${algorithm.id} on ${protocol.id}, seed ${String(seed)}`, record];
});

const registry = await loadPlugins({ sources: [], cwd: import.meta.dirname });

/** The hash of a data set's content without its files: the pinned one, or that of a family of functions. */
async function contentHashOf(plugin: DatasetPlugin, options: unknown): Promise<string> {
  const places = { roots: [], cacheFolder: import.meta.dirname, pluginModule: import.meta.url };
  return (
    plugin.contentHash(options) ??
    (await prepareDataset(plugin, options, { ...places, allowDownload: false })).contentHash
  );
}

/** The spec of the trial that would be planned today where a stored one is asked for again. */
async function plannedToday({ spec }: TrialRecord) {
  const { id, tier, division } = spec.protocol;
  const { find } = registry;
  // In the open division budgets, data set or backbone were given with the command.
  const protocol = division === "open" ? spec.protocol : find.protocol(id).plugin.at(tier);
  const { plugin } = find.dataset(protocol.dataset.id);
  const specOf = specsOn(protocol, await contentHashOf(plugin, protocol.dataset.options), registry);
  const choice = { ...spec.algorithm, ...(spec.training && { training: spec.training }) };
  const alone = referenceAlgorithm(protocol.kind);
  const reference =
    spec.reference === null || alone === null
      ? null
      : trialIdentity(specOf({ id: alone, options: {} }, spec.seed, null));
  return specOf(choice, spec.seed, reference);
}

it("there are records to look at", () => {
  expect(records.length).toBeGreaterThan(90);
});

describe("a stored record", () => {
  it.each(records)("%s, has the name that its spec hashes to", (name, { identity, spec }) => {
    expect(trialIdentity(spec)).toBe(identity);
    expect(identity.startsWith(name.slice(0, 8))).toBe(true);
    expect(files).toContain(`${identity}.json`);
  });

  it.each(records)("%s, is the trial that would be planned today", async (_, record) => {
    const today = await plannedToday(record);
    const { protocol, ...rest } = today;
    const { protocol: then, ...restThen } = record.spec;
    expect(essentialsOf(protocol)).toEqual(essentialsOf(then));
    expect(rest).toEqual(restThen);
    expect(trialIdentity(today)).toBe(record.identity);
  });
});
