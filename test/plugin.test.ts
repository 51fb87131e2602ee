import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, describe, it } from "vitest";
import { metabench, recordOf, workingFolder } from "./command-line.test-support.ts";

// As long as an example in a README: an algorithm, whole.
const myMethod = `import { defineAlgorithm } from "@metabench/core";
import { adam, crossEntropy, linear, named, variables } from "@metabench/algorithms/nn";
import { add, type Tensor2D, type Tensor4D } from "@tensorflow/tfjs-core";
import { z } from "zod";

export default defineAlgorithm({
  id: "my-method",
  version: "1.0.0",
  title: "My method",
  summary: "Trains a backbone and one head a task together.",
  reference: null,
  regime: "multi-task",
  target: "class",
  options: z.strictObject({ rate: z.number().positive().default(0.001) }),
  create({ backbone, tasks, random }, { rate }) {
    const head = (id: string, classes: number) => linear.initialise(random.fork(id), backbone.features, classes);
    const weights = variables({
      body: backbone.initialise(random.fork("body")),
      heads: Object.fromEntries(tasks.map(({ id, classes }) => [id, head(id, classes)])),
    });
    const optimiser = adam(weights, { rate });
    const logits = (w: typeof weights, task: string, images: Tensor4D): Tensor2D =>
      linear.apply(w.heads[task] as ReturnType<typeof head>, backbone.apply(w.body, images).embedding);
    return {
      parameters: named(weights),
      state: optimiser.state,
      batchSize: 64,
      train: ({ inputs, targets }) => ({
        loss: optimiser.minimise((w) =>
          tasks.map(({ id }) => crossEntropy(logits(w, id, inputs), targets[id]!)).reduce((a, b) => add(a, b)),
        ),
      }),
      predict: (task, images) => logits(weights, task, images),
    };
  },
});
`;

const manifest = (plugins: string) =>
  JSON.stringify({ name: "metabench-plugin-mine", version: "2.3.4", type: "module", metabench: { plugins } });

describe("a plugin outside the repository, without node_modules", () => {
  it("runs from one TypeScript file", async () => {
    const folder = workingFolder({ "my-method.ts": myMethod });
    const { code, note } = await metabench(
      folder,
      "run --plugin ./my-method.ts --protocol multi-task/multi-mnist --algorithm my-method --budget 640 --set rate=0.002 --store kept",
    );
    expect(code, note).toBe(0);
    const record = recordOf(join(folder, "kept"), "my-method");
    expect(record).toMatchObject({
      status: "completed",
      spec: { algorithm: { options: { rate: 0.002 }, source: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    });
    expect(record.trainingCurve.at(-1)).toMatchObject({ updates: 10, images: 640 });
  });

  it("runs from a package in JavaScript, with an algorithm, a data set and a backbone in it", async () => {
    const folder = workingFolder({
      "mine/package.json": manifest("./index.js"),
      "mine/index.js": `
        import zeroes from "./zeroes.js";
        import { flags, flat } from "./data.js";
        export default [zeroes, flags, flat];`,
      "mine/zeroes.js": `
        import { defineAlgorithm } from "@metabench/core";
        import * as tf from "@tensorflow/tfjs-core";
        import { z } from "zod";
        export default defineAlgorithm({
          id: "zeroes", version: "1.0.0", title: "Zeroes", summary: "Always 0.", reference: null,
          regime: "few-shot",
          target: "values", options: z.strictObject({}),
          create: ({ task }) => ({
            parameters: {}, state: {}, trainsOn: "nothing", functionsPerUpdate: 1, train: () => ({}), adaptationSteps: 0,
            *adapt() { yield { predict: (inputs) => tf.zeros([inputs.shape[0], task.outputs]) }; },
          }),
        });`,
      "mine/data.js": `
        import { defineBackbone, defineDataset } from "@metabench/core";
        import * as tf from "@tensorflow/tfjs-core";
        import { z } from "zod";
        const common = { version: "1.0.0", reference: null, options: z.strictObject({}) };
        const split = (first) => ({
          // Five classes of 16 images: class c is as bright as c, give or take a little.
          images: Uint8Array.from({ length: 80 * 4 }, (_, at) => first + 20 * Math.floor(at / 64) + (at % 3)),
          labels: Uint16Array.from({ length: 80 }, (_, at) => Math.floor(at / 16)),
          classNames: Array.from({ length: 5 }, (_, at) => first + "-" + at),
        });
        export const flags = defineDataset({
          ...common, id: "flags", title: "Flags", summary: "Four pixels each.",
          licence: { name: "CC0", url: "https://creativecommons.org/publicdomain/zero/1.0/" },
          sources: () => [], contentHash: () => null,
          prepare: () => ({
            kind: "classified-images", image: [2, 2, 1], normalisation: { mean: [0.5], deviation: [0.5] },
            splits: { train: split(0), validation: split(50), test: split(100) },
          }),
        });
        export const flat = defineBackbone({
          ...common, id: "flat", title: "Flat", summary: "Pixels as they are.",
          create: ({ inputShape }) => ({
            features: inputShape.reduce((a, b) => a * b, 1),
            initialise: () => ({}),
            apply: (weights, inputs) => ({ embedding: tf.reshape(inputs, [inputs.shape[0], -1]), statistics: {} }),
          }),
        });`,
    });
    const ran = await metabench(
      folder,
      "run --plugin ./mine --protocol few-shot/sinusoid/10-shot --algorithm zeroes --episodes 20 --store kept",
    );
    expect(ran.code, ran.note).toBe(0);
    // The mean of A² sin² for A uniform in [0.1, 5] is about ½ · 8.5; twenty functions come near enough.
    const record = recordOf(join(folder, "kept"), "zeroes");
    if (record.status !== "completed") throw new Error("It did not complete.");
    expect(record.metrics[0]?.value).toBeGreaterThan(1);
    expect(record.metrics[0]?.value).toBeLessThan(12);

    const cache = { METABENCH_CACHE: join(folder, "cache") };
    const prepared = await metabench(folder, "prepare flags --plugin ./mine --json", cache);
    expect(JSON.parse(prepared.out)).toMatchObject({
      datasets: [{ id: "flags", contentHash: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    });
    const backbones = await metabench(folder, "list backbones --plugin ./mine --json");
    expect(backbones.out).toContain('"flat"');

    const onFlags = await metabench(
      folder,
      "run --plugin ./mine --protocol few-shot/double-mnist-28/5w1s --dataset flags --backbone flat --algorithm pixel-centroids --episodes 5 --store kept",
      cache,
    );
    expect(onFlags.code, onFlags.note).toBe(0);
    const flagged = recordOf(join(folder, "kept"), "pixel-centroids");
    expect(flagged).toMatchObject({
      status: "completed",
      spec: {
        protocol: { id: "few-shot/flags/5w1s", basedOn: "few-shot/double-mnist-28/5w1s", division: "open" },
        backbone: { id: "flat" },
      },
      // Brightness alone tells the classes apart.
      metrics: expect.arrayContaining([expect.objectContaining({ name: "accuracy", value: 1 })]),
      provenance: { command: expect.stringContaining("--dataset flags --backbone flat") },
    });
  });
});

describe("a plugin that wants to cheat", () => {
  it("finds neither labels of queries in what it gets, nor anything in their order", async () => {
    // Writes down all that reaches it, and guesses by position: were the queries in order, it would always be right.
    const cheat = `
      import { appendFileSync } from "node:fs";
      import process from "node:process";
      import { defineAlgorithm } from "@metabench/core";
      import * as tf from "@tensorflow/tfjs-core";
      import { z } from "zod";
      const note = (line) => appendFileSync(process.env["CHEAT_NOTES"], JSON.stringify(line) + "\\n");
      const shown = (value) => value?.shape ? "tensor " + value.shape.join("x") : ArrayBuffer.isView(value)
        ? value.constructor.name : Array.isArray(value) ? [shown(value[0])] : value && typeof value === "object"
        ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shown(part)])) : typeof value;
      process.on("message", (message) => note({ message: message.type === "start" ? { ...shown(message), spec: "" } : shown(message) }));
      const guess = (id, label) => defineAlgorithm({
        id, version: "1.0.0", title: id, summary: "Guesses by position.", reference: null,
        regime: "few-shot",
        target: "class", options: z.strictObject({}),
        create: ({ task }) => ({
          parameters: {}, state: {}, trainsOn: "nothing", adaptsOn: "images", adaptationSteps: 0,
          *adapt(...support) {
            note({ id, adapt: support.map(shown), labels: [...support[0].labels.dataSync()] });
            yield { predict(...asked) {
              note({ id, predict: asked.map(shown) });
              const labels = Array.from({ length: asked[0].shape[0] }, (_, at) => label(at, task));
              return tf.oneHot(tf.tensor1d(labels, "int32"), task.ways).toFloat();
            } };
          },
        }),
      });
      export default [
        guess("in-blocks", (at, { queries }) => Math.floor(at / queries)),
        guess("in-turns", (at, { ways }) => at % ways),
      ];`;
    const folder = workingFolder({ "cheat.mjs": cheat });
    const notes = join(folder, "notes");
    const { code, note } = await metabench(
      folder,
      "run --plugin ./cheat.mjs --protocol few-shot/double-mnist-28/5w1s --algorithm in-blocks --algorithm in-turns --episodes 6 --store kept --jobs 1",
      { CHEAT_NOTES: notes },
    );
    expect(code, note).toBe(0);
    for (const id of ["in-blocks", "in-turns"]) {
      const record = recordOf(join(folder, "kept"), id);
      if (record.status !== "completed") throw new Error("It did not complete.");
      // Chance is 0.2; of 450 guesses the share of right ones has a standard deviation of 0.019.
      expect(Math.abs((record.metrics[0]?.value ?? NaN) - 0.2), id).toBeLessThan(4 * 0.019);
    }
    const lines = readFileSync(notes, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as object);
    const like = (key: string) => lines.filter((line) => key in line);
    expect(like("message")).toContainEqual({
      message: {
        type: "string",
        kind: "string",
        images: "Uint8Array",
        episodes: [{ support: "Uint32Array", supportLabels: "Int32Array", query: "Uint32Array" }],
      },
    });
    for (const line of like("adapt"))
      expect(line).toMatchObject({
        adapt: [{ inputs: "tensor 5x28x28x1", labels: "tensor 5", ways: "number", shots: "number" }],
        labels: [0, 1, 2, 3, 4],
      });
    const asked = new Set(
      like("predict").map((line) => JSON.stringify((line as { predict: unknown }).predict)),
    );
    // All queries of an episode, or half of them where it is looked for whether they influence each other.
    expect([...asked].sort()).toEqual(['["tensor 38x28x28x1"]', '["tensor 75x28x28x1"]']);
  });
});
