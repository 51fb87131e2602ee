import { join } from "node:path";
import { expect, it } from "vitest";
import { metabench, recordOf, workingFolder } from "./command-line.test-support.ts";

/** Nearest support image, by pixels from which those of the batch are taken on average, or not. */
const nearest = (
  id: string,
  adaptsOn: "images" | "embeddings",
  centred: boolean,
  more = "",
) => `defineAlgorithm({
  id: "${id}", version: "1.0.0", title: "${id}", summary: "Nearest pixels.", reference: null,
  regime: "few-shot",
  target: "class", options: z.strictObject({}),
  create: ({ log }) => {
    const centre = (x) => ${centred ? "tf.div(tf.sub(x, tf.mean(x, 0, true)), tf.add(tf.moments(x, 0, true).variance, 0.1))" : "x"};
    const flat = (x) => tf.reshape(centre(x), [x.shape[0], -1]);
    return {
      parameters: {}, state: {}, trainsOn: "nothing", adaptsOn: "${adaptsOn}", adaptationSteps: 0, ${more}
      encode: flat,
      *adapt({ inputs }) {
        const support = ${adaptsOn === "images" ? "tf.reshape(inputs, [inputs.shape[0], -1])" : "inputs"};
        const predict = (x) => tf.matMul(${adaptsOn === "images" ? "flat(x)" : "x"}, support, false, true);
        yield { predict };
      },
    };
  },
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
  ${nearest("declared", "images", false, 'dependsOn: ["other-queries"],')},
];`;

it("predictions that depend on the other queries are told from those that do not", async () => {
  const folder = workingFolder({ "nearest.mjs": plugins });
  const run =
    "run --protocol few-shot/double-mnist-28/5w1s --budget 600 --episodes 2 --store kept --plugin ./nearest.mjs";
  const own =
    "--algorithm centred-queries --algorithm centred-encoding --algorithm plain-queries --algorithm plain-encoding --algorithm declared";
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
  expect(transductive("declared")).toBe(true);
  for (const id of ["plain-queries", "plain-encoding", "prototypical-networks", "maml", "from-scratch"])
    expect(transductive(id), id).toBe(false);
  expect(first.out).toMatch(/transductive/);
});
