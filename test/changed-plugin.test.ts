import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { metabench, start, workingFolder } from "./command-line.test-support.ts";
import { plugins, regressor } from "./regression-plugin.test-support.ts";

interface Ran {
  readonly trials: readonly {
    readonly seed: number;
    readonly status: string;
    readonly error: { readonly code: string; readonly message: string } | null;
  }[];
}

/** Says that it trains, and goes on once it may. */
const waiting = regressor("mine", {
  train: `
    fs.writeFileSync("training", "");
    while (!fs.existsSync("go")) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);`,
});

const run =
  "run --plugin ./mine.mjs --protocol few-shot/sinusoid/5-shot --algorithm mine --budget 5000 --episodes 2 --seeds 0,1 --jobs 1 --store kept --json";

describe("a plugin that is edited while a run is going on", () => {
  it("is under no record of its old text, and what has learned goes on once that is back", async () => {
    const folder = workingFolder({
      "mine.mjs": `import fs from "node:fs"; import { rate } from "./rate.mjs"; void rate;${plugins(waiting)}`,
      "rate.mjs": "export const rate = 1;\n",
    });
    const side = join(folder, "rate.mjs");
    const old = readFileSync(side, "utf8");
    const running = start(folder, run);
    while (!existsSync(join(folder, "training"))) await wait(50);
    appendFileSync(side, "// edited\n");
    writeFileSync(join(folder, "go"), "");
    const { exitCode, stdout, stderr } = await running;
    const { trials } = JSON.parse(stdout) as Ran;
    // The first had learned before and was to be timed, the second had not begun.
    expect(trials, stderr).toHaveLength(2);
    for (const { status, error } of trials)
      expect({ status, error }).toEqual({
        status: "failed",
        error: {
          code: "invalid-plugin",
          message: expect.stringMatching(
            /algorithm mine \(.*mine\.mjs\) was changed since the command began.*Start the run again/,
          ) as string,
        },
      });
    expect(exitCode).toBe(1);

    writeFileSync(side, old);
    const again = await metabench(folder, `${run} --retry-failed`);
    expect((JSON.parse(again.out) as Ran).trials.map(({ status }) => status)).toEqual([
      "completed",
      "completed",
    ]);
    expect(again.code).toBe(0);
  });
});

it("warns that a record of a package was made by other code of the same version, until it is made anew", async () => {
  const folder = workingFolder({
    "lab/package.json":
      '{ "name": "lab", "version": "1.0.0", "type": "module", "metabench": { "plugins": "./index.js" } }',
    "lab/index.js": `import { rate } from "./rate.js"; void rate;${plugins(regressor("mine"))}`,
    "lab/rate.js": "export const rate = 1;\n",
    "lab/README.md": "A lab.\n",
  });
  const one =
    "run --plugin ./lab --protocol few-shot/sinusoid/5-shot --algorithm mine --budget 5000 --episodes 2 --seeds 0 --store kept --json";
  const warning =
    /1 record of this plan was made by other code of the same version.*algorithm mine.*--force/s;
  const first = await metabench(folder, one);
  expect(first.code, first.note).toBe(0);
  appendFileSync(join(folder, "lab/README.md"), "More.\n");
  expect((await metabench(folder, `${one} --dry-run`)).note).not.toMatch(warning);

  appendFileSync(join(folder, "lab/rate.js"), "export const other = 2;\n");
  const second = await metabench(folder, one);
  expect(second.note).toMatch(warning);
  expect((JSON.parse(second.out) as Ran).trials).toMatchObject([{ status: "completed" }]);

  expect((await metabench(folder, `${one} --force`)).note).not.toMatch(warning);
  expect((await metabench(folder, `${one} --dry-run`)).note).not.toMatch(warning);
});
