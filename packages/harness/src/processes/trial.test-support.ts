import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { TrialSpec } from "@metabench/core";
import { findProtocol } from "@metabench/datasets";
import { onTestFinished } from "vitest";
import type { StartMessage } from "../wire/index.ts";

/** A trial of a regressor on sinusoids, of one update and one pause. */
export function startOf(train: string): StartMessage {
  const folder = mkdtempSync(join(tmpdir(), "metabench-trial-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const module = join(folder, "mine.mjs");
  writeFileSync(
    module,
    `import { defineAlgorithm } from "@metabench/core";
    import * as tf from "@tensorflow/tfjs-core";
    import { z } from "zod";
    export default defineAlgorithm({
      id: "mine", version: "1.0.0", title: "Mine", summary: "Made for a test.", reference: null,
      regime: "few-shot",
      target: "values", options: z.strictObject({}),
      create: ({ task }) => ({
        parameters: {}, state: {}, trainsOn: "episodes", functionsPerUpdate: 1, adaptationSteps: 0,
        train() { ${train}; return { loss: tf.scalar(0) }; },
        *adapt() { yield { predict: (inputs) => tf.zeros([inputs.shape[0], task.outputs]) }; },
      }),
    });`,
  );
  const protocol = findProtocol("few-shot/sinusoid/5-shot").at("quick");
  if (protocol.kind !== "few-shot-regression") throw new Error("It is of another kind.");
  const plugin = { version: "1.0.0", source: null };
  const spec: TrialSpec = {
    schemaVersion: 1,
    protocol: {
      ...protocol,
      budget: { images: 10, validateEvery: 10 },
      validationEpisodes: 1,
      division: "open",
    },
    algorithm: { id: "mine", options: {}, ...plugin },
    dataset: { id: "sinusoid", options: {}, contentHash: "0".repeat(64), ...plugin },
    backbone: { id: protocol.backbone.id, options: protocol.backbone.options, ...plugin },
    seed: 0,
    reference: null,
  };
  return {
    type: "start",
    purpose: "learn",
    spec,
    modules: {
      algorithm: pathToFileURL(module).href,
      dataset: import.meta.resolve("@metabench/datasets"),
      backbone: import.meta.resolve("@metabench/algorithms"),
    },
    prepared: null,
    workFolder: folder,
    backend: "auto",
    threads: 1,
    reference: null,
  };
}
