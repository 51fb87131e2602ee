import { describe, expect, it } from "vitest";
import { metabench, workingFolder } from "./command-line.test-support.ts";

interface Conformed {
  readonly passed: boolean;
  readonly algorithms: readonly {
    readonly id: string;
    readonly setting: string;
    readonly passed: boolean;
    readonly checks: readonly { readonly name: string; readonly mend: string | null }[];
  }[];
}

const failures = ({ algorithms }: Conformed) =>
  algorithms.flatMap(({ id, setting, checks }) =>
    checks.filter(({ mend }) => mend !== null).map(({ name, mend }) => ({ id, setting, name, mend })),
  );

/** Nearest class means of the pixels; `when` runs once a host aborts the signal, as one check does. */
const plugin = (id: string, when: string) => `
defineAlgorithm({
  id: "${id}", version: "1.0.0", title: "Nearest mean", summary: "Nearest class means of the pixels.", reference: null,
  regime: "few-shot",
  target: "class", options: z.strictObject({ scale: z.number().positive().default(1) }),
  create: ({ signal }, { scale }) => ({
    parameters: {}, state: {}, trainsOn: "nothing", adaptsOn: "images", adaptationSteps: 0,
    *adapt({ inputs, ways, shots }) {
      if (signal.aborted) { ${when} }
      const flat = (images) => tf.reshape(images, [images.shape[0], -1]);
      const means = tf.mean(tf.reshape(flat(inputs), [ways, shots, -1]), 1);
      const distances = (images) => tf.sum(tf.square(tf.sub(tf.expandDims(flat(images), 1), tf.expandDims(means, 0))), 2);
      yield { predict: (images) => tf.mul(distances(images), -scale) };
    },
  }),
})`;

const module = (...plugins: readonly string[]) => `
import { defineAlgorithm } from "@metabench/core";
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
export default [${plugins.join(",")}];
`;

describe("metabench conform", () => {
  it("passes every algorithm that comes with the suite", async () => {
    const folder = workingFolder();
    const listed = await metabench(folder, "list algorithms --json");
    const { algorithms } = JSON.parse(listed.out) as Conformed;
    const { code, out, note } = await metabench(folder, "conform --all --json");
    const conformed = JSON.parse(out) as Conformed;
    expect(failures(conformed), note).toEqual([]);
    expect(conformed.algorithms.map(({ id }) => id)).toEqual(algorithms.map(({ id }) => id));
    expect({ code, passed: conformed.passed }).toEqual({ code: 0, passed: true });
  });

  it.each([
    ["matching-networks", "fullContext=true"],
    ["maml", "order=1"],
    ["hard-sharing", "weighting=pcgrad"],
    ["hard-sharing", "weighting=uncertainty"],
    [
      "hard-sharing",
      "weighting=static",
      "weightingOptions.weights.row=0.5",
      "weightingOptions.weights.column=2",
    ],
    ["hard-sharing", "weighting=dynamic-weight-average"],
    ["hard-sharing", "weighting=famo"],
    ["hard-sharing", "weighting=cagrad"],
  ])("passes %s with %s, which the defaults leave out", async (id, ...options) => {
    const flags = options.map((option) => `--set ${option}`).join(" ");
    const { code, out, note } = await metabench(workingFolder(), `conform --algorithm ${id} ${flags} --json`);
    expect(failures(JSON.parse(out) as Conformed), note).toEqual([]);
    expect(code).toBe(0);
  });

  it("names the check at which a plugin hangs or ends the process, and goes on with the rest", async () => {
    const folder = workingFolder({
      "mine.js": module(
        plugin("hangs", "for (;;);"),
        plugin("exits", "process.exit(0);"),
        plugin("sound", "signal.throwIfAborted();"),
      ),
    });
    const { code, out } = await metabench(folder, "conform ./mine.js --json --time-limit 30");
    const conformed = JSON.parse(out) as Conformed;
    expect(conformed.algorithms.map(({ id, checks }) => [id, checks.length])).toEqual([
      ["hangs", 16],
      ["exits", 16],
      ["sound", 16],
    ]);
    expect(failures(conformed)).toEqual([
      expect.objectContaining({
        id: "hangs",
        name: "abort",
        mend: expect.stringMatching(/did not come back within 30 seconds/) as string,
      }),
      expect.objectContaining({
        id: "exits",
        name: "abort",
        mend: expect.stringMatching(/exit code 0; take process\.exit\(\) out/) as string,
      }),
    ]);
    expect(code).toBe(1);
  });

  it("shows people a table, and says what to fix", async () => {
    const folder = workingFolder({ "mine.js": module(plugin("sound", "throw new Error('No.');")) });
    const { code, out } = await metabench(folder, "conform ./mine.js --algorithm sound");
    expect(out).toMatch(/sound.* 1\.0\.0, few-shot-classification/);
    expect(out).toMatch(/determinism +│ pass +│/);
    expect(out).toMatch(/abort +│ FAIL +│/);
    expect(out).toMatch(/throwIfAborted\(\)/);
    expect(out).toMatch(/mine\.js: not type-checked: it is JavaScript\./);
    expect(out).toMatch(/16 checks of 1 algorithm: 1 failed, of sound/);
    expect(code).toBe(1);
  });

  it("checks each algorithm that is named, and no other", async () => {
    const folder = workingFolder({
      "mine.js": module(plugin("one", ""), plugin("two", ""), plugin("three", "")),
    });
    const { code, out } = await metabench(
      folder,
      "conform ./mine.js --algorithm three --algorithm one --json",
    );
    expect((JSON.parse(out) as Conformed).algorithms.map(({ id }) => id)).toEqual(["one", "three"]);
    expect(code).toBe(0);
  });

  it.each([
    ["conform", /error \(invalid-usage\): Name what to check/],
    ["conform ./gone.js", /error \(plugin-not-found\): There is no plugin at/],
    ["conform ./mine.js --algorithm other", /has no algorithm called "other", only sound/],
    ["conform --algorithm mamll", /no algorithm called "mamll"\. Did you mean maml/],
    ["conform ./mine.js --algorithm sound --algorithm other", /has no algorithm called "other", only sound/],
    ["conform --algorithm mamll", /error \(plugin-not-found\): .*Did you mean maml/],
    ["conform ./mine.js --set scale=-1", /error \(invalid-options\): .*scale/],
    [
      "conform ./wanting.js",
      /error \(invalid-options\): Algorithm wanting wants a default for rate: .*--set rate=/,
    ],
    ["conform ./mine.js --time-limit 0", /Give a number above 0/],
  ])("`metabench %s` ends in 2, in words", async (args, says) => {
    const sound = module(plugin("sound", ""));
    const wanting = sound
      .replace('"sound"', '"wanting"')
      .replace(/options: z\.strictObject\(\{/, "options: z.strictObject({ rate: z.number(), ");
    const folder = workingFolder({ "mine.js": sound, "wanting.js": wanting });
    const { code, out, note } = await metabench(folder, args);
    expect(note).toMatch(says);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });
});
