import { join } from "node:path";
import { expect, it } from "vitest";
import { metabench, recordOf, workingFolder } from "./command-line.test-support.ts";

/** Nearest support image, by pixels from which those of the batch are taken on average, or not. */
const nearest = (id: string, adaptsOn: "images" | "embeddings", centred: boolean) => `defineAlgorithm({
  id: "${id}", version: "1.0.0", title: "${id}", summary: "Nearest pixels.", reference: null,
  setting: "few-shot-classification", options: z.strictObject({}),
  create: ({ log }) => {
    const centre = (x) => ${centred ? "tf.div(tf.sub(x, tf.mean(x, 0, true)), tf.add(tf.moments(x, 0, true).variance, 0.1))" : "x"};
    const flat = (x) => tf.reshape(centre(x), [x.shape[0], -1]);
    return {
      parameters: {}, state: {}, trainsOn: "nothing", adaptsOn: "${adaptsOn}", adaptationSteps: 0,
      encode: flat,
      *adapt({ inputs }) {
        const support = ${adaptsOn === "images" ? "tf.reshape(inputs, [inputs.shape[0], -1])" : "inputs"};
        const predict = (x) => tf.matMul(${adaptsOn === "images" ? "flat(x)" : "x"}, support, false, true);
        yield { predict };
      },
    };
  },
})`;

/** Centres the queries by those that it was asked about first, and draws random numbers anew in each adaptation, or not. */
const keeping = (id: string, what: string, more: string) => `defineAlgorithm({
  id: "${id}", version: "1.0.0", title: "${id}", summary: "Keeps.", reference: null,
  setting: "few-shot-classification", options: z.strictObject({}),
  create: ({ random }) => ({
    parameters: {}, state: {}, trainsOn: "nothing", adaptsOn: "images", adaptationSteps: 0, ${more}
    *adapt({ inputs }) {
      const flat = (x) => tf.reshape(x, [x.shape[0], -1]);
      let kept;
      const first = (x) => (kept ??= tf.keep(tf.mean(x, 0, true)));
      const noise = Array.from({ length: inputs.shape[0] }, () => random.uniform());
      yield { predict: (x) => ${what} };
    },
  }),
})`;

const plugins = `
import { defineAlgorithm } from "@metabench/core";
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
export default [
  ${nearest("centred-queries", "images", true)},
  ${nearest("centred-encoding", "embeddings", true)},
  ${nearest("plain-queries", "images", false)},
  ${nearest("plain-encoding", "embeddings", false)},
  ${keeping("kept-queries", "tf.matMul(tf.sub(flat(x), first(flat(x))), flat(inputs), false, true)", "")},
  ${keeping("random-adaptation", "tf.add(tf.matMul(flat(x), flat(inputs), false, true), tf.mul(100, tf.tensor1d(noise)))", 'dependsOn: ["support-order"],')},
  ${keeping("declared", "tf.matMul(flat(x), flat(inputs), false, true)", 'dependsOn: ["other-queries"],')},
];`;

it("predictions that depend on the other queries are told from those that do not", async () => {
  const folder = workingFolder({ "nearest.mjs": plugins });
  const run =
    "run --protocol few-shot/double-mnist-28/5w1s --budget 600 --episodes 2 --store kept --plugin ./nearest.mjs";
  const own =
    "--algorithm centred-queries --algorithm centred-encoding --algorithm plain-queries --algorithm plain-encoding --algorithm kept-queries --algorithm random-adaptation --algorithm declared";
  const first = await metabench(folder, `${run} ${own} --algorithm prototypical-networks`);
  expect(first.code, first.note).toBe(0);
  const second = await metabench(folder, `${run} --algorithm maml --set testSteps=2 --set order=1`);
  expect(second.code, second.note).toBe(0);
  const transductive = (id: string) => {
    const record = recordOf(join(folder, "kept"), id);
    return record.status === "completed" && record.result.kind === "few-shot-classification"
      ? record.result.transductive
      : record;
  };
  expect(transductive("centred-queries")).toBe(true);
  expect(transductive("centred-encoding")).toBe(true);
  expect(transductive("kept-queries")).toBe(true);
  expect(transductive("declared")).toBe(true);
  for (const id of [
    "plain-queries",
    "plain-encoding",
    "random-adaptation",
    "prototypical-networks",
    "maml",
    "from-scratch",
  ])
    expect(transductive(id), id).toBe(false);
  expect(first.out).toMatch(/transductive/);
});
