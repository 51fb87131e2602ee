import { defineAlgorithm, kinds, type AlgorithmPlugin, type Setting, type Settings } from "@metabench/core";
import { scalar, variable } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { startBackend } from "../backend/index.ts";
import { createLearner } from "./create-learner.ts";

beforeAll(async () => {
  await startBackend({ threads: 1 });
});

/** Has a plugin return something from `create`. */
function made<S extends Setting>(setting: S, returned: unknown) {
  const plugin = defineAlgorithm({
    ...{ id: "mine", version: "1.0.0", title: "Mine", summary: "Made for a test.", reference: null },
    regime: kinds[setting].regime,
    target: kinds[setting].target,
    options: z.strictObject({}),
    create: () => returned as Settings[S]["learner"],
  }) as unknown as AlgorithmPlugin<S>;
  return () => createLearner(plugin, {} as Settings[S]["context"], {});
}

const call = () => undefined;
const sets = { parameters: {}, state: {} };
const adaptation = { adaptsOn: "images", adaptationSteps: 0, adapt: call };
const episodes = { ways: 5, shots: 1, queries: 15, perUpdate: 4 };
const sound: Readonly<Record<Setting, Readonly<Record<string, unknown>>>> = {
  "few-shot-classification": { ...sets, trainsOn: "episodes", episodes, train: call, ...adaptation },
  "few-shot-regression": {
    ...{ ...sets, trainsOn: "episodes", functionsPerUpdate: 1, train: call },
    ...{ adaptationSteps: 0, adapt: call },
  },
  "multi-task": { ...sets, batchSize: 8, train: call, predict: call },
};

describe("what create() returns", () => {
  it.each<[Setting, Readonly<Record<string, unknown>>]>([
    ["few-shot-classification", {}],
    ["few-shot-classification", { trainsOn: "labelled-images", batchSize: 8 }],
    ["few-shot-classification", { trainsOn: "nothing", train: undefined, episodes: undefined }],
    ["few-shot-classification", { adaptsOn: "embeddings", encode: call, dependsOn: ["other-queries"] }],
    ["few-shot-regression", {}],
    ["few-shot-regression", { trainsOn: "nothing", train: undefined }],
    ["multi-task", { notes: "of its own" }],
  ])("is taken as it is where it is a learner: %s, %o", (setting, parts) => {
    const learner = { ...sound[setting], ...parts, state: { steps: variable(scalar(0)) } };
    expect(made(setting, learner)()).toBe(learner);
  });

  const classifier = "few-shot-classification";
  it.each<[Setting, Readonly<Record<string, unknown>>, string]>([
    [
      classifier,
      { trainsOn: "episode" },
      'trainsOn must be "episodes", "labelled-images" or "nothing", not "episode"',
    ],
    [classifier, { adaptsOn: undefined }, 'adaptsOn must be "images" or "embeddings", not nothing'],
    [classifier, { adaptsOn: "embeddings" }, "encode must be a function, not nothing"],
    [classifier, { adaptationSteps: "5" }, 'adaptationSteps must be a whole number of at least 0, not "5"'],
    [classifier, { adaptationSteps: 1.5 }, "adaptationSteps must be a whole number of at least 0, not 1.5"],
    [classifier, { adapt: [] }, "adapt must be a function, not an array"],
    [classifier, { dependsOn: ["queries"] }, 'dependsOn must be an array of "support-order" and'],
    [classifier, { episodes: 5 }, "episodes must be an object { ways, shots, queries, perUpdate }, not 5"],
    ...[0, -10, 7.5, NaN, Infinity].map((perUpdate): [Setting, Readonly<Record<string, unknown>>, string] => [
      classifier,
      { episodes: { ...episodes, perUpdate } },
      `episodes.perUpdate must be a whole number of at least 1, not ${String(perUpdate)}`,
    ]),
    [
      classifier,
      { trainsOn: "labelled-images" },
      "batchSize must be a whole number of at least 1, not nothing",
    ],
    [
      "few-shot-regression",
      { trainsOn: "functions" },
      'trainsOn must be "episodes" or "nothing", not "functions"',
    ],
    [
      "few-shot-regression",
      { functionsPerUpdate: 0 },
      "functionsPerUpdate must be a whole number of at least 1, not 0",
    ],
    ["few-shot-regression", { train: undefined }, "train must be a function, not nothing"],
    ["few-shot-regression", { adapt: undefined }, "adapt must be a function, not nothing"],
    ["multi-task", { predict: undefined }, "predict must be a function, not nothing"],
    ["multi-task", { batchSize: "8" }, 'batchSize must be a whole number of at least 1, not "8"'],
    [
      "multi-task",
      { state: undefined },
      "state must be an object of variables by name, {} for none, not nothing",
    ],
    ["multi-task", { parameters: new Map() }, "parameters must be an object of variables by name"],
    [
      "multi-task",
      { parameters: { w: 1 } },
      "parameters.w must be a variable, as tf.variable() makes it, not 1",
    ],
  ])("is refused where it is none: %s, %o", (setting, parts, says) => {
    const learner = { ...sound[setting], ...parts };
    expect(made(setting, learner)).toThrow(
      expect.objectContaining({ code: "contract-broken", message: expect.stringContaining(says) as string }),
    );
    expect(made(setting, learner)).toThrow(
      new RegExp(
        `^create\\(\\) of algorithm mine \\(${setting}\\) did not return .* Fix what create\\(\\) returns\\.$`,
      ),
    );
  });

  it("is refused where it is a tensor that no variable holds", () => {
    const learner = { ...sound["multi-task"], parameters: { w: scalar(0) } };
    expect(made("multi-task", learner)).toThrow(/parameters\.w must be a variable.*not a tensor \[\]/);
  });

  it("names every fault at once", () => {
    expect(made("multi-task", {})).toThrow(/parameters .*; state .*; batchSize .*; train .*; predict /);
  });

  it.each<[unknown, string]>([
    [undefined, "nothing"],
    [Promise.resolve(), "a promise"],
    [call, "a function"],
  ])("must be a learner at once", (returned, words) => {
    expect(made("multi-task", returned)).toThrow(`must return a learner, at once, not ${words}`);
  });
});
