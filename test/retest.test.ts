import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { reproducible, type CompletedRecord } from "@metabench/core";
import { describe, expect, it } from "vitest";
import { withRightAnswers } from "./changed-records.test-support.ts";
import { metabench, recordOf, start, workingFolder } from "./command-line.test-support.ts";
import { childrenOf, killAtOnce, until } from "./processes.test-support.ts";
import { plugins as regressors, regressor } from "./regression-plugin.test-support.ts";

/** The nearest support image by pixels; `predict` is a statement before it answers. */
const nearest = (id: string, predict: string) => `defineAlgorithm({
  id: "${id}", version: "1.0.0", title: "${id}", summary: "Nearest pixels.", reference: null,
  regime: "few-shot",
  target: "class", options: z.strictObject({}),
  create: ({ random }) => {
    const scale = tf.variable(tf.scalar(1 + random.uniform()), true, "scale");
    const flat = (x) => tf.reshape(x, [x.shape[0], -1]);
    return {
      parameters: { scale }, state: {}, trainsOn: "nothing", adaptsOn: "images", adaptationSteps: 0,
      *adapt({ inputs }) {
        const support = tf.mul(flat(inputs), scale);
        yield {
          predict(x) {
            ${predict}
            return tf.neg(tf.sum(tf.square(tf.sub(tf.expandDims(tf.mul(flat(x), scale), 1), support)), 2));
          },
        };
      },
    };
  },
})`;
// Two support images that are one and the same are told only where a label is wrong.
const twins = `const rows = support.arraySync().map(String);
  if (new Set(rows).size < rows.length) return tf.fill([x.shape[0], rows.length], NaN);`;
const slowly = "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150);";
const plugin = `
import { defineAlgorithm } from "@metabench/core";
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
export default [${nearest("nearest", "")}, ${nearest("brittle", twins)}, ${nearest("slow", slowly)}];`;

const variants = [
  ...["input-noise-0.1", "input-noise-0.2", "input-noise-0.4"],
  ...["wrong-labels-0.1", "wrong-labels-0.2", "wrong-labels-0.4"],
];
const trials = "--protocol few-shot/double-mnist-28/5w1s --plugin ./nearest.mjs";
const run = `run ${trials} --budget 600 --episodes 3`;

interface Told {
  readonly trials: readonly {
    readonly algorithm: string;
    readonly status: string;
    readonly file: string;
    readonly variants: readonly { readonly id: string; readonly accuracy: number | null }[];
    readonly error: { readonly code: string; readonly message: string } | null;
  }[];
}

const told = (out: string) => (JSON.parse(out) as Told).trials;

function completed(store: string, algorithm: string): CompletedRecord {
  const record = recordOf(store, algorithm);
  if (record.status !== "completed") throw new Error("It did not complete.");
  return record;
}

const testedVariants = (record: CompletedRecord) =>
  record.robustness?.variants.map(({ variant }) => variant) ?? [];

describe("metabench retest", () => {
  it("adds to a trial's record how its parameters fare under changed tests, and the site shows it", async () => {
    const folder = workingFolder({ "nearest.mjs": plugin });
    const kept = join(folder, "kept");
    const first = await metabench(folder, `${run} --algorithm nearest --algorithm brittle --store kept`);
    expect(first.code, first.note).toBe(0);
    const before = completed(kept, "nearest");
    const retest =
      "retest --plugin ./nearest.mjs --algorithm nearest --algorithm brittle --store kept --json";
    const { code, out, note } = await metabench(folder, retest);
    expect(code, note).toBe(0);
    expect(told(out).map(({ status, error }) => [status, error])).toEqual(Array(2).fill(["retested", null]));
    const of = (algorithm: string) => told(out).find((trial) => trial.algorithm === algorithm);
    expect(of("nearest")?.variants.map(({ id }) => id)).toEqual(variants);

    const after = completed(kept, "nearest");
    expect(after.identity).toBe(before.identity);
    const { robustness, ...rest } = after;
    expect(reproducible(rest as CompletedRecord)).toEqual(reproducible(before));
    for (const [at, one] of (robustness?.variants ?? []).entries()) {
      if (one.kind !== "few-shot-classification") throw new Error(`${one.variant} is of kind ${one.kind}.`);
      expect(one.correct).toHaveLength(3);
      const mean = one.correct.reduce((sum, right) => sum + right / 75, 0) / 3;
      expect(one.metrics[0]).toMatchObject({ name: "accuracy", value: expect.closeTo(mean, 12), count: 3 });
      expect(of("nearest")?.variants[at]?.accuracy).toBeCloseTo(mean, 12);
    }

    // It breaks where two support images are the same, and under nothing else.
    const brittle = completed(kept, "brittle").robustness?.variants ?? [];
    expect(brittle.map(({ variant }) => variant)).toEqual(variants);
    const broke = brittle.filter(({ kind }) => kind === "failed");
    expect(broke.at(-1)).toMatchObject({ variant: "wrong-labels-0.4", error: { code: "not-finite" } });
    expect(broke.every(({ variant }) => variant.startsWith("wrong-labels"))).toBe(true);

    const again = await metabench(folder, retest);
    expect(told(again.out).map(({ status }) => status)).toEqual(["done", "done"]);
    expect(completed(kept, "nearest")).toEqual(after);

    const shown = await metabench(folder, "show --store kept");
    expect(shown.out).toMatch(/tested again .*plain .*noise 0\.1 .*labels 40 %/);
    expect(shown.out).toMatch(/brittle, wrong-labels-0\.4: Seed 0: Logits are not finite/);
    const published = await metabench(folder, "publish --store kept --out public");
    expect(published.code, published.note).toBe(0);
    const page = (path: string) =>
      readFileSync(join(folder, "public", "site", path), "utf8")
        .replaceAll(/<[^>]*>/g, " ")
        .replaceAll(/\s+/g, " ");
    const own = page("algorithms/nearest.html");
    expect(own).toContain("Robustness DoubleMNIST 28×28, 5-way 1-shot");
    const plain = (first.out.match(/nearest\s+│ ([\d.]+) %/) ?? [])[1];
    expect(own).toContain(`nearest ${String(plain)}`);
    expect(page("algorithms/brittle.html")).toContain("broke. Seed 0: Logits are not finite");
    expect(page("protocols/few-shot/double-mnist-28/5w1s.html")).toContain("Wrong labels, 40 %");

    // Parameters that are damaged, of another run, or missing: the trial is named, and keeps what it has.
    const parameters = join(kept, ".parameters", after.identity, "parameters.bin");
    const refused = async (code: string, message: RegExp) => {
      const one = await metabench(folder, `${retest} --force`.replace("--algorithm brittle ", ""));
      expect(one.code, one.note).toBe(1);
      const [trial] = told(one.out);
      expect(trial?.status).toBe("not possible");
      expect(trial?.error).toMatchObject({ code, message: expect.stringMatching(message) });
    };
    const wrong = withRightAnswers(after, () => [[0, 0, 0]]);
    writeFileSync(join(kept, `${after.identity}.json`), JSON.stringify(wrong));
    await refused("invalid-record", /otherwise than the record says .* not 0\.0 %.*--force/);
    writeFileSync(join(kept, `${after.identity}.json`), JSON.stringify(after));
    truncateSync(parameters, 9);
    await refused("store-failed", /cannot be used .*--force/);
    rmSync(parameters);
    await refused("store-failed", /keeps no parameters .*--force/);
    expect(completed(kept, "nearest")).toEqual(after);
  });

  it("loses nothing when it is killed, and is done by run --robustness just the same", async () => {
    const folder = workingFolder({ "nearest.mjs": plugin });
    const { code, note } = await metabench(folder, `${run} --algorithm slow --store whole`);
    expect(code, note).toBe(0);
    const [whole, killed] = [join(folder, "whole"), join(folder, "killed")];
    cpSync(whole, killed, { recursive: true });
    const right = await metabench(folder, `${run} --algorithm slow --store whole --robustness`);
    expect(right.code, right.note).toBe(0);
    expect(testedVariants(completed(whole, "slow"))).toEqual(variants);
    expect(testedVariants(completed(whole, "from-scratch"))).toEqual(variants);

    const retest = "retest --plugin ./nearest.mjs --algorithm slow --store killed";
    const under = start(folder, retest);
    await until(() => testedVariants(completed(killed, "slow")).length > 0, "a variant is written");
    killAtOnce(under.pid, ...(await childrenOf(under.pid)));
    await under;
    const some = testedVariants(completed(killed, "slow"));
    expect(some.length).toBeLessThan(variants.length);
    const rest = await metabench(folder, retest);
    expect(rest.code, rest.note).toBe(0);
    for (const variant of some) expect(rest.note).not.toContain(`${variant} …`);
    expect(completed(killed, "slow").robustness).toEqual(completed(whole, "slow").robustness);
  });

  it("says where there is nothing to test again, and where nothing fits the flags", async () => {
    const folder = workingFolder({ "mean.ts": regressors(regressor("the-mean")) });
    const mean = "--protocol few-shot/sinusoid/5-shot --plugin ./mean.ts --algorithm the-mean";
    const regression = await metabench(
      folder,
      `run ${mean} --budget 5000 --episodes 3 --store mean --robustness`,
    );
    expect(regression.code, regression.note).toBe(0);
    expect(regression.note).toMatch(/nothing to test again\s+The inputs are numbers, not images/);
    const nobody = await metabench(folder, "retest --algorithm nobody --store mean");
    expect(nobody).toMatchObject({
      code: 2,
      note: expect.stringMatching(/None of the 1 records .* is of algorithm "nobody"/),
    });
  });
});
