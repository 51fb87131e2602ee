import {
  MetabenchError,
  type AnyAlgorithm,
  type Backbone,
  type BackbonePlugin,
  type DatasetPlugin,
  type FunctionFamily,
  type LearnerContext,
  type Random,
} from "@metabench/core";
import { loadPrepared } from "../prepare/index.ts";
import { conductFewShot } from "./conduct-few-shot.ts";
import { conductMultiTask } from "./conduct-multi-task.ts";
import { conductRegression } from "./conduct-regression.ts";
import type { Conduct } from "./conduct.ts";
import type { StartMessage } from "../wire/index.ts";
import { plannedPlugin } from "./planned-plugin.ts";
import { trackedTraining } from "../learner/index.ts";

/** The data that the plugin may learn from, or its family of functions. */
async function openData(start: StartMessage) {
  if (start.prepared !== null) return loadPrepared(start.prepared, ["train", "validation"]);
  const { dataset } = start.spec;
  const plugin = await plannedPlugin(
    start.modules.dataset,
    dataset,
    (one): one is DatasetPlugin => one.kind === "dataset" && one.id === dataset.id,
  );
  return (await plugin.prepare({}, dataset.options)) as FunctionFamily;
}

function mismatch({ spec }: StartMessage): MetabenchError {
  return new MetabenchError(
    "invalid-protocol",
    `Protocol ${spec.protocol.id} is for ${spec.protocol.kind}, which does not fit data set ${spec.dataset.id} or algorithm ${spec.algorithm.id}; choose others.`,
  );
}

/** Makes the learner of a trial, with fresh variables, in its setting. */
export async function openConduct(start: StartMessage, random: Random): Promise<Conduct> {
  const { spec } = start;
  const { protocol } = spec;
  const data = await openData(start);
  const algorithm = await plannedPlugin(
    start.modules.algorithm,
    spec.algorithm,
    (one): one is AnyAlgorithm =>
      one.kind === "algorithm" && one.id === spec.algorithm.id && one.setting === protocol.kind,
  );
  const backbonePlugin = await plannedPlugin(
    start.modules.backbone,
    spec.backbone,
    (one): one is BackbonePlugin => one.kind === "backbone" && one.id === spec.backbone.id,
  );
  const inputShape = data.kind === "function-family" ? [data.inputs] : data.image;
  const backbone: Backbone = backbonePlugin.instantiate({ inputShape }, spec.backbone.options);
  const asked = trackedTraining(spec.training ?? {});
  const context: LearnerContext = {
    random,
    signal: new AbortController().signal,
    log: { info: (message) => console.log(message), warn: (message) => console.warn(message) },
    backbone,
    budget: { images: protocol.budget.images },
    training: asked.training,
  };
  const heeded = (conduct: Conduct): Conduct => {
    asked.assertHeeded(algorithm.id, conduct.learning.imagesPerUpdate !== null);
    return conduct;
  };

  // A switch over three kinds would not narrow protocol, data and algorithm together.
  if (
    protocol.kind === "few-shot-classification" &&
    data.kind === "classified-images" &&
    algorithm.setting === protocol.kind
  )
    return heeded(conductFewShot(algorithm, context, data, protocol, start));
  if (
    protocol.kind === "few-shot-regression" &&
    data.kind === "function-family" &&
    algorithm.setting === protocol.kind
  )
    return heeded(conductRegression(algorithm, context, data, protocol, start));
  if (
    protocol.kind === "multi-task" &&
    data.kind === "multi-task-images" &&
    algorithm.setting === protocol.kind
  )
    return heeded(conductMultiTask(algorithm, context, data, protocol, start));
  throw mismatch(start);
}
