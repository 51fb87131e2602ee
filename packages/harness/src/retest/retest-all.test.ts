import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { trialIdentity, type CompletedRecord } from "@metabench/core";
import { expect, it, onTestFinished } from "vitest";
import { cacheFolder } from "../backend/index.ts";
import { loadPlugins } from "../plugins/index.ts";
import { completedRecord } from "../store/record.test-support.ts";
import { openStore, type Store } from "../store/index.ts";
import { retestAll } from "./retest-all.ts";
import type { RetestEntry } from "./retest-entry.ts";

const registry = await loadPlugins({ sources: [], cwd: import.meta.dirname });

/** A store with a completed record for each seed, and none of their parameters. */
async function stored(...seeds: readonly number[]) {
  const folder = mkdtempSync(join(tmpdir(), "metabench-retest-all-"));
  // Not at once: what waited for a claim may still be putting its own files away.
  onTestFinished(async () => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  const store = await openStore(folder);
  const plain = completedRecord(5);
  const records = seeds.map((seed): CompletedRecord => {
    const spec = { ...plain.spec, seed };
    return { ...plain, spec, identity: trialIdentity(spec) };
  });
  for (const record of records) await store.write(record);
  return { store, records };
}

function retest(records: readonly CompletedRecord[], store: Store, jobs: number) {
  const entries: RetestEntry[] = [];
  const end = retestAll(records, {
    ...{ registry, store, roots: [], cacheFolder: cacheFolder(), jobs, threads: 1, backend: "wasm" },
    ...{ timeLimitSeconds: null, memoryLimitBytes: null, force: false },
    onProgress: () => undefined,
    onRetest: (entry) => void entries.push(entry),
    signal: new AbortController().signal,
  });
  return { entries, end };
}

it("goes on with the others where one trial cannot be tested for a reason of its own", async () => {
  const { store, records } = await stored(0, 1);
  const { entries, end } = retest(records, store, 1);
  await expect(end).resolves.toHaveLength(2);
  expect(entries.map(({ status, error }) => [status, error?.code])).toEqual(
    Array(2).fill(["not possible", "store-failed"]),
  );
});

it("ends the trials under way and begins no other after an error that is no trial's own", async () => {
  const { store, records } = await stored(0, 1, 2);
  const [waiting, broken] = records;
  if (!waiting || !broken) throw new Error("There are no records.");
  // Another process has the first, so that it waits until it is ended.
  const release = await store.claim(waiting.identity);
  const claim: Store["claim"] = async (identity) => {
    if (identity === broken.identity) throw new Error("The machine is at fault.");
    return store.claim(identity);
  };
  const { entries, end } = retest(records, { ...store, claim }, 2);
  await expect(end).rejects.toThrow("The machine is at fault.");
  expect(entries).toEqual([]);
  await release?.();
});
