import plugins from "@metabench/algorithms";
import {
  randomStream,
  type AlgorithmPlugin,
  type Backbone,
  type FewShotClassificationProtocol,
  type LearnerContext,
  type MultiTaskProtocol,
  type ParameterSet,
  type Setting,
} from "@metabench/core";
import { findProtocol } from "@metabench/datasets";
import { conductFewShot, conductMultiTask, type Conduct } from "@metabench/harness/trial";
import { classifiedImages, multiTaskImages } from "./random-images.ts";

/** The backbone plugin of that name for images 28×28×1, with its default options. */
export function backbone(id: string): Backbone {
  const plugin = plugins.find((one) => one.kind === "backbone" && one.id === id);
  if (plugin?.kind !== "backbone") throw new Error(`no backbone ${id}`);
  return plugin.instantiate({ inputShape: [28, 28, 1] }, {});
}

function algorithm<S extends Setting>(id: string, setting: S): AlgorithmPlugin<S> {
  const plugin = plugins.find(
    (one) => one.kind === "algorithm" && one.id === id && one.setting === setting,
  ) as AlgorithmPlugin<S> | undefined;
  if (plugin === undefined) throw new Error(`no algorithm ${id}`);
  return plugin;
}

const context = (id: string, images: number): LearnerContext => ({
  random: randomStream("bench/learner"),
  signal: new AbortController().signal,
  log: { info: () => undefined, warn: () => undefined },
  backbone: backbone(id),
  budget: { examples: images, images },
  training: {},
});

const choices = (options: Record<string, string | number>) => ({
  spec: { algorithm: { options }, seed: 0 },
  reference: null,
});

/** A few-shot method on random images under Omniglot's 5-way protocol, made as a trial makes it. */
export function fewShotTrial(
  method: string,
  shots: 1 | 5,
  options: Record<string, string | number>,
): { readonly conduct: Conduct; readonly protocol: FewShotClassificationProtocol } {
  const protocol = findProtocol(`few-shot/omniglot-vinyals/5w${String(shots)}s`).at(
    "standard",
  ) as FewShotClassificationProtocol;
  // A budget that no measurement comes near, so that no schedule ends.
  const given = context("conv4", 1e9);
  const plugin = algorithm(method, "few-shot-classification");
  return {
    conduct: conductFewShot(plugin, given, classifiedImages(), protocol, choices(options)),
    protocol,
  };
}

/** Hard sharing of LeNet on random images under MultiMNIST's protocol, made as a trial makes it. */
export function multiTaskTrial(options: Record<string, string | number>): Conduct {
  const protocol = findProtocol("multi-task/multi-mnist").at("standard") as MultiTaskProtocol;
  const plugin = algorithm("hard-sharing", "multi-task");
  return conductMultiTask(plugin, context("lenet", 1e9), multiTaskImages(), protocol, choices(options));
}

/** Numbers that training moves. */
export const countParameters = ({ parameters }: Pick<ParameterSet, "parameters">): number =>
  Object.values(parameters).reduce((sum, { size }) => sum + size, 0);
