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
import { conductFor, type LearnersData } from "./conducts.ts";
import type { Conduct } from "./conduct.ts";
import type { StartMessage } from "../wire/index.ts";
import { plannedPlugin } from "./planned-plugin.ts";
import { shapeOf, trackedTraining } from "../learner/index.ts";

/** The data that the plugin may learn from, or its family of functions. */
async function openData(start: StartMessage): Promise<LearnersData> {
  if (start.prepared !== null) return loadPrepared(start.prepared, ["train", "validation"]);
  const { dataset } = start.spec;
  const plugin = await plannedPlugin(
    start.modules.dataset,
    dataset,
    (one): one is DatasetPlugin => one.kind === "dataset" && one.id === dataset.id,
  );
  return (await plugin.prepare({}, dataset.options)) as FunctionFamily;
}

/** Shape of one input of the network. */
function inputShapeOf(data: LearnersData): readonly number[] {
  switch (data.kind) {
    case "classified-images":
    case "multi-task-images":
      return data.image;
    case "task-examples":
      return shapeOf(data.input);
    case "function-family":
      return [data.inputs];
  }
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
  const inputShape = inputShapeOf(data);
  const backbone: Backbone = backbonePlugin.instantiate({ inputShape }, spec.backbone.options);
  const asked = trackedTraining(spec.training ?? {});
  const context: LearnerContext = {
    random,
    signal: new AbortController().signal,
    log: { info: (message) => console.log(message), warn: (message) => console.warn(message) },
    backbone,
    budget: { examples: protocol.budget.images, images: protocol.budget.images },
    training: asked.training,
  };
  const heeded = (conduct: Conduct): Conduct => {
    asked.assertHeeded(algorithm.id, conduct.learning.imagesPerUpdate !== null);
    return conduct;
  };

  const conduct = conductFor(data, protocol.kind, algorithm.setting);
  if (conduct === null) throw mismatch(start);
  return heeded(conduct(algorithm, context, data, protocol, start));
}
