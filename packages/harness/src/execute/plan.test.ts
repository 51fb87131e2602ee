import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkProtocol, trialIdentity, type JsonObject, type Tier, type TrialRecord } from "@metabench/core";
import { findProtocol } from "@metabench/datasets";
import { describe, expect, it, onTestFinished } from "vitest";
import { cacheFolder } from "../backend/index.ts";
import { withSubstitutes } from "./substitution.ts";
import { loadPlugins } from "../plugins/index.ts";
import { completedRecord, failedRecord } from "../store/record.test-support.ts";
import { openStore, type Store } from "../store/index.ts";
import { checkpointFile } from "../work-folder/index.ts";
import { planRun } from "./plan.ts";
import type { Again, RunEnvironment, RunRequest } from "./types.ts";

const multiMnist = "multi-task/multi-mnist";
const doubleMnist = "few-shot/double-mnist-28/5w1s";
const sinusoid = "few-shot/sinusoid/10-shot";

const registry = await loadPlugins({ sources: [], cwd: import.meta.dirname });

async function emptyStore(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), "metabench-plan-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return openStore(folder);
}

const environmentOf = (store: Store): RunEnvironment => ({
  registry,
  store,
  roots: [],
  cacheFolder: cacheFolder(),
  onProgress: () => undefined,
  signal: new AbortController().signal,
});

type Choice = RunRequest["entries"][number]["algorithms"][number];
const entry = (id: string, algorithms: readonly (string | Choice)[], tier: Tier = "quick") => ({
  protocol: findProtocol(id).at(tier),
  algorithms: algorithms.map((one) => (typeof one === "string" ? { id: one, options: {} } : one)),
});
const plan = async (
  entries: RunRequest["entries"],
  { seeds = null, again = "none", store }: Partial<Omit<RunRequest, "entries">> & { store?: Store } = {},
) => (await planRun({ entries, seeds, again }, environmentOf(store ?? (await emptyStore())))).trials;

const brief = (trials: Awaited<ReturnType<typeof plan>>) =>
  trials.map(({ spec, addedAsReference }) => [
    spec.algorithm.id,
    spec.seed,
    addedAsReference ? "added" : "asked for",
  ]);

describe("references", () => {
  it("come first, and are added where nobody asked for them", async () => {
    expect(brief(await plan([entry(multiMnist, ["hard-sharing"])], { seeds: [0] }))).toEqual([
      ["single-task", 0, "added"],
      ["hard-sharing", 0, "asked for"],
    ]);
    expect(brief(await plan([entry(doubleMnist, ["maml", "chance"])], { seeds: [0] }))).toEqual([
      ["from-scratch", 0, "added"],
      ["maml", 0, "asked for"],
      ["chance", 0, "asked for"],
    ]);
  });

  it("come first where they were asked for last, once", async () => {
    expect(brief(await plan([entry(multiMnist, ["hard-sharing", "single-task"])], { seeds: [0] }))).toEqual([
      ["single-task", 0, "asked for"],
      ["hard-sharing", 0, "asked for"],
    ]);
  });

  it("are none for regression", async () => {
    expect(brief(await plan([entry(sinusoid, ["maml"])], { seeds: [0] }))).toEqual([
      ["maml", 0, "asked for"],
    ]);
  });

  it("of the same seed select the parameters of a multi-task method, and of no other", async () => {
    const trials = await plan([entry(multiMnist, ["hard-sharing"]), entry(doubleMnist, ["maml"])], {
      seeds: [0, 1],
    });
    const [alone0, shared0, alone1, shared1, ...fewShot] = trials;
    expect(brief(trials).map(([id, seed]) => [id, seed])).toEqual([
      ["single-task", 0],
      ["hard-sharing", 0],
      ["single-task", 1],
      ["hard-sharing", 1],
      ["from-scratch", 0],
      ["maml", 0],
      ["from-scratch", 1],
      ["maml", 1],
    ]);
    expect([alone0, alone1].map((trial) => trial?.spec.reference)).toEqual([null, null]);
    expect(shared0?.spec.reference).toBe(alone0?.identity);
    expect(shared1?.spec.reference).toBe(alone1?.identity);
    expect(alone0?.identity).not.toBe(alone1?.identity);
    expect(fewShot.map(({ spec }) => spec.reference)).toEqual([null, null, null, null]);
  });
});

describe("identities", () => {
  it("are those of the specs, and the same again in another store", async () => {
    const entries = [entry(doubleMnist, ["maml"]), entry(sinusoid, ["oracle"])];
    const [one, other] = [await plan(entries), await plan(entries)];
    expect(one.map(({ identity }) => identity)).toEqual(other.map(({ identity }) => identity));
    for (const { identity, spec } of one) expect(trialIdentity(spec)).toBe(identity);
    expect(new Set(one.map(({ identity }) => identity)).size).toBe(one.length);
  });

  it("do not tell a default from the same value written out, but tell options, seeds and protocols apart", async () => {
    const of = async (id: string, options: Choice["options"], seed = 0) => {
      const [trial] = await plan([entry(id, [{ id: "maml", options }])], { seeds: [seed] });
      return trial?.identity;
    };
    const plain = await of(sinusoid, {});
    const [innerSteps] = (await plan([entry(sinusoid, ["maml"])])).map(
      ({ spec }) => spec.algorithm.options["innerSteps"] ?? null,
    );
    expect(innerSteps).toBeTypeOf("number");
    expect(await of(sinusoid, { innerSteps: innerSteps ?? null })).toBe(plain);
    expect(await of(sinusoid, { innerSteps: Number(innerSteps) + 1 })).not.toBe(plain);
    expect(await of(sinusoid, {}, 1)).not.toBe(plain);
    expect(await of("few-shot/sinusoid/5-shot", {})).not.toBe(plain);
  });

  it("have training options where they were asked for, and the label says so; references stay as they are", async () => {
    const asked = await plan([
      entry(doubleMnist, [{ id: "maml", options: {}, training: { clipNorm: 1, schedule: "cosine" } }]),
    ]);
    const plain = await plan([entry(doubleMnist, ["maml"])]);
    expect(asked.map(({ spec }) => spec.training)).toEqual([undefined, { clipNorm: 1, schedule: "cosine" }]);
    expect(asked[0]?.identity).toBe(plain[0]?.identity);
    expect(asked[1]?.identity).not.toBe(plain[1]?.identity);
    expect(plain.some(({ spec }) => "training" in spec)).toBe(false);
    expect(asked[1]?.label).toBe(`MAML, clipped at 1, cosine schedule on ${doubleMnist}, seed 0`);
  });

  it("have options of another backbone where they were set, and the label says so; defaults written out are left out", async () => {
    const on = async (options: JsonObject) => {
      const backbone = { id: "conv4", options };
      const protocol = withSubstitutes(
        findProtocol(doubleMnist).at("quick"),
        { dataset: undefined, backbone },
        registry,
      );
      const [, trial] = await plan([{ protocol, algorithms: [{ id: "maml", options: {} }] }]);
      return trial;
    };
    const [plain, written, narrow] = [await on({}), await on({ width: 64 }), await on({ width: 8 })];
    expect(written?.identity).toBe(plain?.identity);
    expect(narrow?.identity).not.toBe(plain?.identity);
    expect(narrow?.spec.backbone.options).toEqual({ width: 8 });
    expect(plain?.label).toBe(`MAML, Conv4 on ${doubleMnist}, seed 0`);
    expect(narrow?.label).toBe(`MAML, Conv4 (width 8) on ${doubleMnist}, seed 0`);
  });

  it("have options of another data set where they were set, and the label says so", async () => {
    const dataset = { id: "double-mnist", options: { size: 28, digits: "shared" } };
    const protocol = withSubstitutes(
      findProtocol(doubleMnist).at("quick"),
      { dataset, backbone: undefined },
      registry,
    );
    const [trial] = await plan([{ protocol, algorithms: [{ id: "from-scratch", options: {} }] }]);
    expect(trial?.spec.dataset).toMatchObject(dataset);
    expect(trial?.label).toMatch(/ on few-shot\/double-mnist\/5w1s \(size 28, digits shared\), seed 0$/);
  });

  it("are planned once, however often they were asked for", async () => {
    expect(await plan([entry(sinusoid, ["oracle", "oracle"]), entry(sinusoid, ["oracle"])])).toHaveLength(1);
  });
});

describe("seeds", () => {
  it.each(["quick", "standard"] as const)("are the protocol's where none is named: %s", async (tier) => {
    const { seeds } = findProtocol(sinusoid).at(tier);
    const trials = await plan([entry(sinusoid, ["oracle"], tier)]);
    expect(trials.map(({ spec }) => spec.seed)).toEqual(Array.from({ length: seeds }, (_, seed) => seed));
  });

  it("are one in the quick tier, three in the standard one", () => {
    expect((["quick", "standard"] as const).map((tier) => findProtocol(sinusoid).at(tier).seeds)).toEqual([
      1, 3,
    ]);
  });

  it("are those named, in their order", async () => {
    const trials = await plan([entry(sinusoid, ["oracle"])], { seeds: [7, 2] });
    expect(trials.map(({ spec }) => spec.seed)).toEqual([7, 2]);
  });
});

describe("a trial", () => {
  it("is done with a record, to be continued with a checkpoint, else new; asked to run again, as asked", async () => {
    const store = await emptyStore();
    const entries = [entry(multiMnist, ["hard-sharing"])];
    const states = async (again: Again = "none") =>
      (await plan(entries, { seeds: [0, 1, 2], store, again }))
        .filter(({ spec }) => spec.algorithm.id === "single-task")
        .map(({ state }) => state);
    expect(await states()).toEqual(["new", "new", "new"]);

    const [done, , interrupted] = await plan(entries, { seeds: [0, 1], store });
    if (!done || !interrupted) throw new Error("There are no trials.");
    await store.write({ ...failedRecord(0), identity: done.identity, spec: done.spec });
    mkdirSync(store.workFolder(interrupted.identity), { recursive: true });
    expect(await states(), "a work folder alone is nothing to go on from").toEqual(["done", "new", "new"]);
    writeFileSync(join(store.workFolder(interrupted.identity), checkpointFile), "");
    expect(await states()).toEqual(["done", "resumable", "new"]);
    expect(await states("unfinished"), "the record is of a failure").toEqual(["new", "resumable", "new"]);
    expect(await states("all")).toEqual(["new", "resumable", "new"]);
  });

  it("that is a reference which nobody asked for is not run again for the sake of the others, unless it failed", async () => {
    // A test of the size that the record has.
    const small = (algorithms: readonly string[]) => {
      const whole = entry(doubleMnist, algorithms);
      return { ...whole, protocol: checkProtocol({ ...whole.protocol, queries: 2, testEpisodes: 30 }) };
    };
    const after = async (record: TrialRecord, asked: readonly string[]) => {
      const store = await emptyStore();
      for (const { identity, spec } of await plan([small(["maml"])], { seeds: [0] }))
        await store.write({ ...record, identity, spec });
      const trials = await plan([small(asked)], { seeds: [0], store, again: "all" });
      return trials.map(({ spec, state }) => `${spec.algorithm.id} ${state}`);
    };
    expect(await after(completedRecord(5), ["maml"])).toEqual(["from-scratch done", "maml new"]);
    expect(await after(completedRecord(5), ["maml", "from-scratch"])).toEqual([
      "from-scratch new",
      "maml new",
    ]);
    expect(await after(failedRecord(0), ["maml"])).toEqual(["from-scratch new", "maml new"]);
  });

  it("has all options filled in, and what it is made of", async () => {
    const [trial] = await plan([entry(sinusoid, ["maml"])]);
    const plugin = registry.find.algorithm("few-shot-regression", "maml").plugin;
    expect(trial?.spec).toMatchObject({
      protocol: findProtocol(sinusoid).at("quick"),
      algorithm: { id: "maml", version: plugin.version, options: plugin.parseOptions({}), source: null },
      dataset: { id: "sinusoid", source: null, contentHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      backbone: findProtocol(sinusoid).at("quick").backbone,
    });
    expect(trial?.label).toBe("MAML on few-shot/sinusoid/10-shot, seed 0");
    expect(trial?.estimateSeconds).toBeGreaterThan(0);
  });
});

describe("a plan that cannot be", () => {
  it("is refused for an algorithm that there is not, and for options that it does not have", async () => {
    await expect(plan([entry(sinusoid, ["mamel"])])).rejects.toMatchObject({ code: "plugin-not-found" });
    await expect(plan([entry(sinusoid, [{ id: "maml", options: { ordre: 2 } }])])).rejects.toMatchObject({
      code: "invalid-options",
    });
  });

  it("is refused where data that took the place of the protocol's own do not fit it, before anything is run", async () => {
    const protocol = withSubstitutes(
      findProtocol(multiMnist).at("quick"),
      { dataset: { id: "sinusoid", options: {} }, backbone: undefined },
      registry,
    );
    await expect(
      plan([{ protocol, algorithms: [{ id: "hard-sharing", options: {} }] }]),
    ).rejects.toMatchObject({
      code: "invalid-protocol",
      message: expect.stringMatching(/for multi-task, but data set sinusoid holds .*function-family/),
    });
  });

  it("is refused where the store holds a malformed record, which its standings could not show", async () => {
    const store = await emptyStore();
    writeFileSync(join(store.folder, `${"0".repeat(64)}.json`), "{");
    await expect(plan([entry(sinusoid, ["maml"])], { store })).rejects.toMatchObject({
      code: "invalid-record",
    });
  });

  it("stops where it was interrupted", async () => {
    const signal = AbortSignal.abort();
    const request = { entries: [entry(sinusoid, ["oracle"])], seeds: null, again: "none" as const };
    await expect(planRun(request, { ...environmentOf(await emptyStore()), signal })).rejects.toThrow(
      expect.objectContaining({ name: "AbortError" }),
    );
  });
});
