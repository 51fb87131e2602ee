import {
  MetabenchError,
  type AnyAlgorithm,
  type Backbone,
  type BackbonePlugin,
  type DatasetPlugin,
  type FunctionFamily,
  type LearnerContext,
  type ParameterSet,
  type Plugin,
  type Random,
} from "@metabench/core";
import { importPlugin } from "../plugins/index.ts";
import { loadPrepared } from "../prepare/load.ts";
import { answerFunctions } from "./answer-functions.ts";
import { answerImages } from "./answer-images.ts";
import { answerTasks } from "./answer-tasks.ts";
import { fewShotLearning } from "./few-shot-learning.ts";
import { imageReader } from "./image-tensor.ts";
import { inScope } from "./scope.ts";
import type { Learning } from "./learning.ts";
import type { AnswersMessage, StartMessage, TestMessage } from "./messages.ts";
import { multiTaskLearning } from "./multi-task-learning.ts";
import { regressionLearning } from "./regression-learning.ts";
import { timeClassifier, timeMultiTask, timeRegressor, type Timings } from "./time-learner.ts";

/** A learner in its setting: how it learns, answers the test, and is timed. */
export interface Conduct {
  readonly learner: ParameterSet;
  /** The learner bound to its training and validation data. */
  readonly learning: Learning;
  /** Answers the test; returns whether predictions depend on other queries. */
  answer(test: TestMessage, send: (answers: AnswersMessage) => Promise<void>): Promise<boolean>;
  time(test: TestMessage): Timings;
}

async function find<P extends Plugin>(module: string, fits: (plugin: Plugin) => plugin is P): Promise<P> {
  const found = (await importPlugin(module)).find(fits);
  if (found) return found;
  throw new MetabenchError(
    "plugin-not-found",
    `${module} no longer holds the plugin that was planned; plan the run again.`,
  );
}

/** The data that the plugin may learn from, or its family of functions. */
async function openData(start: StartMessage) {
  if (start.prepared !== null) return loadPrepared(start.prepared, ["train", "validation"]);
  const { id, options } = start.spec.dataset;
  const plugin = await find(
    start.modules.dataset,
    (one): one is DatasetPlugin => one.kind === "dataset" && one.id === id,
  );
  return (await plugin.prepare({}, options)) as FunctionFamily;
}

function mismatch({ spec }: StartMessage): MetabenchError {
  return new MetabenchError(
    "invalid-protocol",
    `Protocol ${spec.protocol.id} is for ${spec.protocol.kind}, which does not go with data set ${spec.dataset.id} or algorithm ${spec.algorithm.id}; choose others.`,
  );
}

const wrongTest = () => new Error("The test is of another kind than the protocol.");

/** Makes the learner of a trial, with fresh variables, in its setting. */
export async function openConduct(start: StartMessage, random: Random): Promise<Conduct> {
  const { spec } = start;
  const { protocol, seed } = spec;
  const data = await openData(start);
  const algorithm = await find(
    start.modules.algorithm,
    (one): one is AnyAlgorithm =>
      one.kind === "algorithm" && one.id === spec.algorithm.id && one.setting === protocol.kind,
  );
  const backbonePlugin = await find(
    start.modules.backbone,
    (one): one is BackbonePlugin => one.kind === "backbone" && one.id === spec.backbone.id,
  );
  const inputShape = data.kind === "function-family" ? [data.inputs] : data.image;
  const backbone: Backbone = backbonePlugin.instantiate({ inputShape }, spec.backbone.options);
  const shared: LearnerContext = {
    random,
    signal: new AbortController().signal,
    log: { info: (message) => console.log(message), warn: (message) => console.warn(message) },
    backbone,
    budget: { images: protocol.budget.images },
  };
  const { options } = spec.algorithm;

  if (
    protocol.kind === "few-shot-classification" &&
    data.kind === "classified-images" &&
    algorithm.setting === protocol.kind
  ) {
    const { ways, shots, queries } = protocol;
    const task = {
      ways,
      shots,
      queries,
      image: data.image,
      trainingClasses: data.splits.train.classNames.length,
    };
    const learner = inScope(() => algorithm.instantiate({ ...shared, task }, options));
    return {
      learner,
      learning: fewShotLearning(learner, data, protocol, seed),
      async answer(test, send) {
        if (test.kind !== protocol.kind) throw wrongTest();
        return answerImages(learner, protocol, { ...data, images: test.images }, test.episodes, send);
      },
      time(test) {
        if (test.kind !== protocol.kind) throw wrongTest();
        return timeClassifier(
          learner,
          imageReader(test.images, data.image, data.normalisation),
          test.episodes,
          ways,
          shots,
        );
      },
    };
  }
  if (
    protocol.kind === "few-shot-regression" &&
    data.kind === "function-family" &&
    algorithm.setting === protocol.kind
  ) {
    const { shots, queries } = protocol;
    const task = { inputs: data.inputs, outputs: data.outputs, shots, queries };
    const learner = inScope(() => algorithm.instantiate({ ...shared, task }, options));
    return {
      learner,
      learning: regressionLearning(learner, data, protocol, seed),
      async answer(test, send) {
        if (test.kind !== protocol.kind) throw wrongTest();
        await answerFunctions(learner, protocol, test.episodes, send);
        return false;
      },
      time(test) {
        if (test.kind !== protocol.kind) throw wrongTest();
        return timeRegressor(learner, test.episodes, shots);
      },
    };
  }
  if (
    protocol.kind === "multi-task" &&
    data.kind === "multi-task-images" &&
    algorithm.setting === protocol.kind
  ) {
    const { image, tasks } = data;
    const trainingExamples = Object.values(data.splits.train.targets)[0]?.length ?? 0;
    const learner = inScope(() =>
      algorithm.instantiate({ ...shared, tasks, image, trainingExamples }, options),
    );
    return {
      learner,
      learning: multiTaskLearning(learner, data, protocol, seed, start.reference),
      async answer(test, send) {
        if (test.kind !== protocol.kind) throw wrongTest();
        await answerTasks(learner, data, test.images, send);
        return false;
      },
      time(test) {
        if (test.kind !== protocol.kind) throw wrongTest();
        return timeMultiTask(learner, imageReader(test.images, image, data.normalisation), tasks);
      },
    };
  }
  throw mismatch(start);
}
