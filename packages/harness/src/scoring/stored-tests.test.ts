import { readdirSync, readFileSync } from "node:fs";
import { delimiter } from "node:path";
import process from "node:process";
import {
  checkRecord,
  MetabenchError,
  readResult,
  type DatasetPlugin,
  type FunctionFamily,
  type Protocol,
} from "@metabench/core";
import { expect, it } from "vitest";
import { cacheFolder } from "../backend/index.ts";
import { loadPlugins } from "../plugins/index.ts";
import { loadPrepared, prepareDataset } from "../prepare/index.ts";
import { classificationTest, regressionTest } from "./test.ts";

// Names of random streams stand in no identity, so a renamed one would keep every record and change what it was tested on. Here the frozen
// test of each protocol of `results/` is drawn again and held against the hash that its records keep.
const results = new URL("../../../../results/", import.meta.url);
const stored = new Map<
  string,
  { readonly protocol: Protocol; readonly contentHash: string; readonly hash: string }
>();
for (const file of readdirSync(results).filter((name) => name.endsWith(".json"))) {
  const record = checkRecord(JSON.parse(readFileSync(new URL(file, results), "utf8")), file);
  const hash = record.status === "completed" ? readResult(record).episodesHash : null;
  const { protocol, dataset } = record.spec;
  if (hash !== null)
    stored.set(`${protocol.id}, ${hash.slice(0, 8)}`, { protocol, contentHash: dataset.contentHash, hash });
}

const { find } = await loadPlugins({ sources: [], cwd: import.meta.dirname });

/** The prepared data of a protocol; null where their files are not on this machine. */
async function dataOf({ id, options }: Protocol["dataset"], pinned: string) {
  const { plugin, origin } = find.dataset(id);
  const prepared = await ready(plugin, options, origin.module);
  if (prepared === null) return null;
  expect(prepared.contentHash).toBe(pinned);
  return prepared.folder === null
    ? ((await plugin.prepare({}, options)) as FunctionFamily)
    : loadPrepared(prepared.folder, ["test"]);
}

async function ready(plugin: DatasetPlugin, options: unknown, pluginModule: string) {
  const roots = (process.env["METABENCH_DATA"] ?? "").split(delimiter).filter((root) => root !== "");
  const places = { roots, cacheFolder: cacheFolder(), pluginModule, allowDownload: false };
  return prepareDataset(plugin, options, places).catch((error: unknown) => {
    if (error instanceof MetabenchError && error.code === "data-missing") return null;
    throw error;
  });
}

/** The hash of a protocol's frozen test. */
async function testHash(protocol: Protocol, contentHash: string): Promise<string | null> {
  const data = await dataOf(protocol.dataset, contentHash);
  if (data?.kind === "classified-images" && protocol.kind === "few-shot-classification")
    return classificationTest(protocol, data).hash;
  if (data?.kind === "function-family" && protocol.kind === "few-shot-regression")
    return regressionTest(protocol, data).hash;
  expect(data).toBeNull();
  return null;
}

it("there are tests to draw again", () => {
  expect([...stored.values()].map(({ protocol }) => protocol.kind)).toEqual(
    expect.arrayContaining(["few-shot-classification", "few-shot-regression"]),
  );
});

it.each([...stored])(
  "%s: the test drawn today is the one that the records were tested on",
  { timeout: 300_000 },
  async (_, { protocol, contentHash, hash }) => {
    const today = await testHash(protocol, contentHash);
    // Sinusoids are generated. Pictures need files: METABENCH_DATA names a folder of them.
    if (protocol.dataset.id === "sinusoid") expect(today).not.toBeNull();
    if (today !== null) expect(today).toBe(hash);
  },
);
