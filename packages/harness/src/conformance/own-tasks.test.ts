import { defineAlgorithm, type MultiTaskBatch, type MultiTaskLearner } from "@metabench/core";
import {
  add,
  concat,
  matMul,
  mean,
  sub,
  range,
  reshape,
  tidy,
  variable,
  zeros,
  type Scalar,
  type Tensor2D,
} from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { conformance } from "./conformance.ts";

type Target = "class" | "values";

/** A linear model of vectors for each task, which moves its bias at each update; `change` breaks its predictions. */
const linear = (target: Target, change: (predicted: Tensor2D) => Tensor2D = (predicted) => predicted) =>
  defineAlgorithm({
    id: `linear-${target}`,
    version: "1.0.0",
    title: "Linear",
    summary: "A linear model of vectors.",
    reference: null,
    regime: "multi-task",
    target,
    inputs: ["vector"],
    options: z.strictObject({}),
    create({ tasks, inputShape: [features = 0] }): MultiTaskLearner {
      const parts = tasks.map(({ id, outputs }) => {
        const kernel = variable(tidy(() => reshape(range(0, features * outputs), [features, outputs])));
        return { id, kernel, bias: variable(zeros([outputs])) };
      });
      return {
        parameters: Object.fromEntries(
          parts.flatMap(({ id, kernel, bias }) => [
            [`${id}.kernel`, kernel],
            [`${id}.bias`, bias],
          ]),
        ),
        state: {},
        batchSize: 8,
        train: ({ inputs }: MultiTaskBatch) => {
          for (const { bias } of parts) bias.assign(add(bias, mean(inputs)));
          return Object.fromEntries(parts.map(({ id }) => [id, mean<Scalar>(inputs)]));
        },
        predict: (task, inputs) => {
          const part = parts.find(({ id }) => id === task);
          if (!part) throw new Error(`There is no task ${task}.`);
          return change(add(matMul(inputs as Tensor2D, part.kernel as Tensor2D), part.bias));
        },
      };
    },
  });

async function faults(plugin: ReturnType<typeof linear>): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { name, run } of conformance(plugin))
    await run().catch((error: unknown) => found.push(`${name}: ${String(error)}`));
  return found;
}

describe.each<Target>(["values", "class"])("a learner of %s from vectors", (target) => {
  it("passes where it keeps the rules", async () => {
    expect(await faults(linear(target))).toEqual([]);
  });

  it("is told that its predictions depend on other queries, or have another shape", async () => {
    const mixing = await faults(linear(target, (predicted) => sub(predicted, mean(predicted, 0, true))));
    expect(mixing).toEqual([expect.stringMatching(/^queries-apart: /)]);
    const wide = await faults(linear(target, (predicted) => concat([predicted, predicted], 1)));
    expect(wide).toContainEqual(expect.stringMatching(/^shapes: .*contract-broken|^shapes: .*shape/));
  });
});
