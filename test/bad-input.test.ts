import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { metabench, workingFolder } from "./command-line.test-support.ts";
import { plugins, regressor } from "./regression-plugin.test-support.ts";

const sinusoid = "run --protocol few-shot/sinusoid/5-shot --algorithm oracle --episodes 2";

describe("bad input ends before anything runs, in words that say what to do", () => {
  it.each<[string, string, number, RegExp]>([
    [
      "an unknown flag",
      `${sinusoid} --epsiodes 3`,
      2,
      /unknown option '--epsiodes'.*Did you mean --episodes\?/s,
    ],
    ["a number that is none", `${sinusoid} --budget many`, 2, /--budget <images>.*'many'/s],
    ["a negative number", `${sinusoid} --jobs -1`, 2, /--jobs/],
    ["an unknown backend", `${sinusoid} --backend gpu`, 2, /Allowed choices are auto, native, wasm/],
    ["an unknown tier", `${sinusoid} --tier huge`, 2, /Allowed choices are quick, standard, full/],
    ["bad seeds", `${sinusoid} --seeds 0,x`, 2, /--seeds/],
    [
      "an unknown protocol",
      "run --protocol few-shot/sinusoid/5-shots",
      2,
      /plugin-not-found.*Did you mean few-shot\/sinusoid\/5-shot/s,
    ],
    [
      "an unknown algorithm",
      "run --protocol few-shot/sinusoid/5-shot --algorithm oracel",
      2,
      /plugin-not-found.*Did you mean oracle\?/s,
    ],
    [
      "an algorithm for something else",
      "run --protocol few-shot/sinusoid/5-shot --algorithm pcgrad",
      2,
      /plugin-not-found/,
    ],
    [
      "an unknown option",
      "run --protocol few-shot/sinusoid/5-shot --algorithm maml --set inerRate=1",
      2,
      /invalid-options.*"inerRate"/s,
    ],
    [
      "a bad value of an option",
      "run --protocol few-shot/sinusoid/5-shot --algorithm maml --set innerRate=-1",
      2,
      /invalid-options.*innerRate: .*metabench list algorithms/s,
    ],
    [
      "episodes of what has none",
      "run --protocol multi-task/multi-mnist --episodes 3",
      2,
      /invalid-usage.*Leave --episodes out/s,
    ],
    ["a plugin that is not there", `${sinusoid} --plugin ./gone.ts`, 2, /plugin-not-found.*gone\.ts/s],
    ["a store that is a file", `${sinusoid} --store ./file`, 3, /store-failed.*file/s],
  ])("%s", async (_, args, exitCode, says) => {
    const folder = workingFolder({ file: "no folder" });
    const { code, out, note } = await metabench(folder, args);
    expect(note).toMatch(says);
    expect(note, "no stack trace").not.toMatch(/^\s+at /m);
    expect({ code, out }).toEqual({ code: exitCode, out: "" });
  });

  it("two plugins of one name", async () => {
    const folder = workingFolder({ "mine.ts": plugins(regressor("oracle")) });
    const { code, note } = await metabench(folder, `${sinusoid} --plugin ./mine.ts`);
    expect(note).toMatch(/duplicate-plugin.*oracle.*mine\.ts/s);
    expect(code).toBe(2);
  });

  it.each([
    ["does not parse", "export default {", /invalid-plugin.*mine\.ts/s],
    ["exports nothing", "export const x = 1;", /invalid-plugin.*mine\.ts/s],
    [
      "lacks a summary",
      plugins(regressor("mine").replace(/summary: .*/, "")),
      /invalid-plugin.*"mine": summary: /s,
    ],
    [
      "imports what is not there",
      'import "not-installed"; export default [];',
      /invalid-plugin.*not-installed/s,
    ],
  ])("a plugin that %s", async (_, text, says) => {
    const { code, note } = await metabench(
      workingFolder({ "mine.ts": text }),
      `${sinusoid} --plugin ./mine.ts`,
    );
    expect(note).toMatch(says);
    expect(code).toBe(2);
  });
});

describe("a malformed record in the store", () => {
  it("is named with file, field and reason, and no other record is touched", async () => {
    const folder = workingFolder();
    expect((await metabench(folder, `${sinusoid} --store kept`)).code).toBe(0);
    const [name = ""] = readdirSync(join(folder, "kept")).filter((entry) => entry.endsWith(".json"));
    const file = join(folder, "kept", name);
    const good = readFileSync(file, "utf8");
    const bad: readonly [string, RegExp][] = [
      [good.replace('"status": "completed"', '"status": "perfect"'), /status: /],
      [
        good.replace(/"trainingSeconds": [\d.]+/, '"trainingSeconds": "long"'),
        /cost\.trainingSeconds: .*number/,
      ],
      [good.slice(0, good.length / 2), /is not JSON/],
      [good.replace('"seed": 0', '"seed": 1'), /identity: .*SHA-256 of its spec/],
    ];
    for (const [text, reason] of bad) {
      expect(text).not.toBe(good);
      writeFileSync(file, text);
      const shown = await metabench(folder, "show --store kept");
      expect(shown.note).toContain(name);
      expect(shown.note).toMatch(reason);
      expect(shown.note).toMatch(/invalid-record.*Delete the file and run the trial again, or restore it/s);
      expect(shown.code).toBe(2);
      expect(readFileSync(file, "utf8")).toBe(text);
    }
  });
});

describe("data that is not there", () => {
  const byHand = `
    import { defineDataset } from "@metabench/core";
    import { z } from "zod";
    export default defineDataset({
      id: "by-hand", version: "1.0.0", title: "By hand", summary: "To be fetched by hand.", reference: null,
      licence: { name: "CC0", url: "https://creativecommons.org/publicdomain/zero/1.0/" },
      options: z.strictObject({}), contentHash: () => null,
      sources: () => [{
        from: "data-root", name: "archive", file: "by-hand/archive.zip", url: null, checksum: null,
        instructions: "ask its author for it",
      }],
      prepare: () => { throw new Error("never reached"); },
    });`;

  it("is asked for by file and place", async () => {
    const folder = workingFolder({ "by-hand.mjs": byHand });
    const { code, note } = await metabench(folder, "prepare by-hand --plugin ./by-hand.mjs");
    expect(note).toMatch(
      /data-missing.*by-hand\/archive\.zip.*--data or METABENCH_DATA.*ask its author for it/s,
    );
    expect(code).toBe(3);
  });

  it("is asked for under the folder that METABENCH_DATA names", async () => {
    const folder = workingFolder({ "by-hand.mjs": byHand, "data/.keep": "" });
    const { code, note } = await metabench(folder, "prepare by-hand --plugin ./by-hand.mjs", {
      METABENCH_DATA: join(folder, "data"),
    });
    expect(note).toContain(join(folder, "data", "by-hand", "archive.zip"));
    expect(code).toBe(3);
  });

  it.each([
    "prepare by-hand --plugin ./by-hand.mjs",
    "list datasets",
    `${sinusoid} --dry-run`,
    "retest --store kept",
    "explain --store kept",
  ])("is not looked for by `metabench %s` in folders that are not there", async (command) => {
    const folder = workingFolder({ "by-hand.mjs": byHand, "kept/.keep": "" });
    const nowhere = join(folder, "nowhere");
    const says = (from: string) => `error (invalid-usage): ${from} names ${nowhere}, which is not a folder.`;
    const flag = await metabench(folder, `${command} --data . --data ${nowhere}`);
    expect(flag.note).toContain(says("--data"));
    expect({ code: flag.code, out: flag.out }).toEqual({ code: 2, out: "" });
    const variable = await metabench(folder, command, { METABENCH_DATA: nowhere });
    expect(variable.note).toContain(says("METABENCH_DATA"));
    expect({ code: variable.code, out: variable.out }).toEqual({ code: 2, out: "" });
  });

  it("is missed by doctor, which tells all there is to tell", async () => {
    const folder = workingFolder();
    const doctor = await metabench(folder, "doctor", { METABENCH_DATA: join(folder, "nowhere") });
    expect(doctor.out + doctor.note).toMatch(/nowhere is not there; correct METABENCH_DATA/);
  });

  it("is refused where it is not what it should be", async () => {
    const folder = workingFolder();
    mkdirSync(join(folder, "data"));
    const split = "{ images: new Uint8Array(3), labels: Uint16Array.of(0, 1), classNames: ['a', 'b'] }";
    const data = `{ kind: "classified-images", image: [1, 1, 1], normalisation: { mean: [0], deviation: [1] },
      splits: { train: ${split}, validation: ${split}, test: ${split} } }`;
    const wrong = byHand.replace('throw new Error("never reached")', `return ${data}`);
    writeFileSync(join(folder, "wrong.mjs"), wrong.replace("by-hand/archive.zip", "archive.zip"));
    writeFileSync(join(folder, "data", "archive.zip"), "no archive");
    const { code, note } = await metabench(folder, "prepare by-hand --plugin ./wrong.mjs --data data", {
      METABENCH_CACHE: join(folder, "cache"),
    });
    expect(note).toMatch(/contract-broken.*by-hand/s);
    expect(code).toBe(1);
  });
});
