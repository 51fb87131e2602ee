import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, it, onTestFinished } from "vitest";
import type { z } from "zod";
import { openStore } from "../store/index.ts";
import { failedRecord } from "../store/record.test-support.ts";
import {
  listAlgorithmsSchema,
  listBackbonesSchema,
  listDatasetsSchema,
  listProtocolsSchema,
  listSuitesSchema,
  publishSchema,
} from "./json/index.ts";

// The built command, as users start it: `npm run build` first.
const bin = fileURLToPath(new URL("../../bin/metabench.mjs", import.meta.url));

function workingFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "metabench-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function metabench(args: string, cwd = workingFolder(), env: Record<string, string> = {}) {
  const result = await execa(process.execPath, [bin, ...args.split(" ")], {
    cwd,
    reject: false,
    env: { NO_COLOR: "1", ...env },
  });
  return { code: result.exitCode, out: result.stdout, note: result.stderr };
}

describe("the command line", () => {
  it.each([
    ["run --suite quik --dry-run", /Did you mean quick\?/],
    ["run --protocol few-shot/sinusoid/10-shots --dry-run", /Did you mean few-shot\/sinusoid\/10-shot/],
    [
      "run --suite quick --protocol few-shot/sinusoid/10-shots --dry-run",
      /has no protocol .* Did you mean few-shot\/sinusoid\/10-shot/,
    ],
    ["prepare omniglt", /Did you mean omniglot/],
    ["run --protocol few-shot/sinusoid/10-shot --algorithm maml --backbone conv5", /Did you mean conv4/],
    [
      "run --protocol few-shot/omniglot-vinyals/5w1s --algorithm maml --preset mini-imagnet",
      /Did you mean mini-imagenet/,
    ],
    ["run --protocol few-shot/sinusoid/10-shot --algorithm maml --set inerRate=1", /Did you mean innerRate/],
    [
      "run --protocol multi-task/multi-mnist --algorithm hard-sharing --set weighting=uncertainity",
      /Did you mean uncertainty/,
    ],
    ["run --training clip-nrm=1", /Did you mean clipNorm/],
    ["run --training schedule=cosin", /Did you mean cosine/],
    ["conform --algorithm hard-sharin", /Did you mean hard-sharing/],
    ["run --bogus", /error \(invalid-usage\): unknown option '--bogus'.*metabench run --help/s],
    ["run --suite nothing --dry-run", /error \(plugin-not-found\): There is no suite called "nothing"/],
    ["run --algorithm mamll --dry-run", /error \(plugin-not-found\): .*Did you mean maml\?/],
    ["run --plugin ./gone.ts --dry-run", /error \(plugin-not-found\): .*gone\.ts/],
    ["prepare nothing", /error \(plugin-not-found\): There is no data set called "nothing"/],
  ])("`metabench %s` ends in 2, in words and without a stack trace", async (args, says) => {
    const { code, out, note } = await metabench(args);
    expect(note).toMatch(says);
    expect(note).not.toMatch(/^\s+at /m);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });

  it("shows the stack to those who ask for it", async () => {
    expect((await metabench("run --suite nothing", workingFolder(), { METABENCH_DEBUG: "1" })).note).toMatch(
      /^\s+at /m,
    );
  });

  it("tells a missing store from bad flags", async () => {
    expect(await metabench("show --store gone")).toMatchObject({
      code: 3,
      note: expect.stringMatching(/store-failed.*does not exist/),
    });
  });
});

describe("--json", () => {
  it.each<[string, z.ZodType, string]>([
    ["list algorithms", listAlgorithmsSchema, "maml"],
    ["list datasets", listDatasetsSchema, "multi-mnist"],
    ["list backbones", listBackbonesSchema, "conv4"],
    ["list protocols", listProtocolsSchema, "few-shot/sinusoid/10-shot"],
    ["list suites", listSuitesSchema, "quick"],
  ])(
    "of `%s` is what its schema says, and standard output holds nothing else",
    async (command, schema, holds) => {
      const { code, out } = await metabench(`${command} --json`);
      expect(code).toBe(0);
      expect(schema.parse(JSON.parse(out))).toBeDefined();
      expect(out).toContain(`"${holds}"`);
    },
  );
});

describe("metabench list algorithms", () => {
  it("gives programs setting, role, publication, options and published settings", async () => {
    const { out } = await metabench("list algorithms --json");
    const { algorithms } = listAlgorithmsSchema.parse(JSON.parse(out));
    const one = (id: string) =>
      algorithms.find((each) => each.id === id && each.setting === "few-shot-classification");
    expect(one("maml")).toMatchObject({
      role: "method",
      reference: { year: 2017, url: "https://arxiv.org/abs/1703.03400" },
      options: { properties: { innerRate: { default: 0.4 } } },
      // Finn, Abbeel, Levine 2017, appendix A.1.
      presets: { "mini-imagenet": { innerRate: 0.01, innerSteps: 5, testSteps: 10, metaBatch: 4 } },
    });
    expect(one("chance")).toMatchObject({ role: "control", reference: null, presets: {} });
  });

  it("gives people setting, options, published settings as flags, and paper of each", async () => {
    const { out } = await metabench("list algorithms");
    const maml = out
      .split("\n\n")
      .find((block) => block.startsWith("maml  ") && block.includes("innerRate=0.4"));
    expect(maml).toMatch(/^ {2}few-shot-classification$/m);
    expect(maml).toMatch(/^ {2}preset mini-imagenet: --set innerRate=0\.01 --set innerSteps=5 /m);
    // Options within an option by dots, as --set takes them.
    expect(out).toMatch(
      /^ {2}preset mini-imagenet: .* --set sgd\.momentum=0\.9 --set sgd\.weightDecay=0\.0001 --set sgd\.drops=\[0\.5,0\.733\] /m,
    );
    expect(maml).toMatch(/^ {2}--set innerRate=0\.4 \(number\) Step size of the inner loop\.$/m);
    expect(maml).toMatch(
      /^ {2}Chelsea Finn, .* 2017, Model-Agnostic .* https:\/\/arxiv\.org\/abs\/1703\.03400$/m,
    );
    expect(out).toMatch(/^ {2}few-shot-classification, control$/m);
  });
});

describe("metabench run --dry-run", () => {
  it("prints the plan on standard output", async () => {
    const { code, out } = await metabench(
      "run --protocol few-shot/sinusoid/10-shot --algorithm oracle --seeds 0 --dry-run",
    );
    expect(code).toBe(0);
    expect(out).toMatch(
      /^Plan: 1 trial, 0 done; .*\n {2}Oracle on .*\nTimes are estimated from rough defaults/,
    );
  });

  it("needs no --yes, which a run beyond reason does where nobody can answer", async () => {
    const huge =
      "run --protocol few-shot/sinusoid/10-shot --algorithm maml --seeds 0 --budget 999999999999999";
    expect(await metabench(`${huge} --dry-run`)).toMatchObject({ code: 0 });
    expect(await metabench(huge)).toMatchObject({
      code: 2,
      note: expect.stringMatching(/error \(invalid-usage\): This takes about .* more than 30 days.*--yes/),
    });
  });
});

describe("metabench.config.ts", () => {
  it("names the store, relative to itself", async () => {
    const folder = workingFolder({ "metabench.config.ts": 'export default { store: "kept" } as const;' });
    await (await openStore(join(folder, "kept"))).write(failedRecord(0));
    expect(await metabench("show", folder)).toMatchObject({
      code: 0,
      out: expect.stringContaining("Single task"),
    });
  });
});

describe("metabench publish", () => {
  it("writes standings as JSON and CSV from several stores", async () => {
    const folder = workingFolder();
    for (const [name, seeds] of Object.entries({ a: [0, 1], b: [1, 2] })) {
      const store = await openStore(join(folder, name));
      for (const seed of seeds) await store.write(failedRecord(seed));
    }
    const { code, out } = await metabench(
      "publish --no-site --store a --store b --out public --json",
      folder,
    );
    expect(code).toBe(0);
    const published = publishSchema.parse(JSON.parse(out));
    expect(published).toMatchObject({ records: 3, tables: 1, site: null });
    expect(JSON.parse(readFileSync(published.standingsJson, "utf8"))).toMatchObject({
      schemaVersion: 1,
      records: 3,
    });
    expect(readFileSync(published.standingsCsv, "utf8")).toMatch(/^table,protocol.*\r\n.*single-task/s);
  });

  it("writes nothing where a record is malformed, and names file, field and reason", async () => {
    const folder = workingFolder();
    const store = await openStore(join(folder, "a"));
    await store.write(failedRecord(0));
    const file = join(store.folder, `${failedRecord(0).identity}.json`);
    writeFileSync(file, readFileSync(file, "utf8").replace('"peakMemoryBytes": 1', '"peakMemoryBytes": -1'));
    const { code, note } = await metabench("publish --no-site --store a --out public", folder);
    expect(code).toBe(2);
    expect(note).toContain(file);
    expect(note).toMatch(/error \(invalid-record\): .*cost\.peakMemoryBytes: /);
    expect(() => readFileSync(join(folder, "public", "standings.json"))).toThrow(/ENOENT/);
  });
});

describe("bin/metabench.mjs", () => {
  it("says what to do where nothing is built", async () => {
    const folder = workingFolder();
    mkdirSync(join(folder, "bin"));
    cpSync(bin, join(folder, "bin/metabench.mjs"));
    const result = await execa(process.execPath, [join(folder, "bin/metabench.mjs")], { reject: false });
    expect({ code: result.exitCode, note: result.stderr }).toEqual({
      code: 3,
      note: expect.stringMatching(/npm run build/),
    });
  });

  it("starts the Node of its node_modules when it is run by one that is too old", async () => {
    const folder = workingFolder({
      "old.mjs": 'Object.defineProperty(process.versions, "node", { value: "20.0.0" });',
    });
    mkdirSync(join(folder, "bin"));
    mkdirSync(join(folder, "dist/cli"), { recursive: true });
    cpSync(bin, join(folder, "bin/metabench.mjs"));
    writeFileSync(
      join(folder, "dist/cli/main.js"),
      "console.log(process.execPath, process.argv.slice(2)); process.exitCode = 7;",
    );
    const start = async () =>
      execa(
        process.execPath,
        ["--import", join(folder, "old.mjs"), join(folder, "bin/metabench.mjs"), "a b"],
        { reject: false },
      );
    expect((await start()).exitCode).toBe(3);
    mkdirSync(join(folder, "node_modules/node/bin"), { recursive: true });
    symlinkSync(process.execPath, join(folder, "node_modules/node/bin/node"));
    const { exitCode, stdout } = await start();
    expect(stdout).toContain("[ 'a b' ]");
    expect(exitCode).toBe(7);
  });
});
