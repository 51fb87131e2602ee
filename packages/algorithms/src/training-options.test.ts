import type {
  AnyAlgorithm,
  FewShotContext,
  MultiTaskContext,
  RegressionContext,
  TrainingOptions,
} from "@metabench/core";
import { reverse, tensor1d, tensor4d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import lenet from "./backbones/lenet.ts";
import multilayerPerceptron from "./backbones/multilayer-perceptron.ts";
import { context as fewShot } from "./few-shot/patterns.test-support.ts";
import plugins from "./index.ts";
import { backboneFor, dispose, inScope, learnerContext, make, startNative } from "./learner.test-support.ts";
import { hardSharing } from "./multi-task/architectures/hard-sharing.ts";
import { weightedAlgorithm } from "./multi-task/plugin.ts";

beforeAll(startNative);

const side = 16;
const multiTask = (): MultiTaskContext => ({
  ...learnerContext(backboneFor(lenet, [side, side, 1])),
  tasks: [
    { id: "one", target: "class", classes: 3, outputs: 3 },
    { id: "two", target: "class", classes: 2, outputs: 2 },
  ],
  inputShape: [side, side, 1],
  ownExamples: false,
  trainingExamples: 100,
});
const regression = (): RegressionContext => ({
  ...learnerContext(backboneFor(multilayerPerceptron, [1])),
  task: { inputs: 1, outputs: 1, shots: 5, queries: 5 },
});

function learnerOf(plugin: AnyAlgorithm, training: TrainingOptions) {
  const asked = <C extends FewShotContext | MultiTaskContext | RegressionContext>(context: C): C => ({
    ...context,
    training,
  });
  return make(() => {
    switch (plugin.setting) {
      case "few-shot-classification":
        return plugin.instantiate(asked(fewShot()), {});
      case "few-shot-regression":
        return plugin.instantiate(asked(regression()), {});
      case "multi-task":
        return plugin.instantiate(asked(multiTask()), {});
    }
  }).learner;
}

const methods = plugins.filter(
  (plugin): plugin is AnyAlgorithm => plugin.kind === "algorithm" && plugin.role === "method",
);

describe.each(methods)("$id, $setting", (plugin) => {
  it("heeds every training option that an optimiser has to, and keeps no more than it must", () => {
    const options: Required<Pick<TrainingOptions, "clipNorm" | "accumulate" | "schedule" | "l1">> = {
      clipNorm: 1,
      accumulate: 2,
      schedule: "cosine",
      l1: 0.1,
    };
    const read = new Set<string>();
    const watched = new Proxy(options, {
      get: (target, name) => {
        read.add(String(name));
        return Reflect.get(target, name) as unknown;
      },
    });
    const learner = learnerOf(plugin, watched);
    expect([...read]).toEqual(expect.arrayContaining(Object.keys(options)));
    const plain = learnerOf(plugin, {});
    expect(Object.keys(learner.state).filter((name) => !(name in plain.state))).toEqual(["accumulated"]);
    for (const one of [learner, plain]) dispose(one);
  });
});

describe("multi-task learning with mixup", () => {
  it("takes each task's plain loss at λ = 1, and at λ = 0.5 the mean of both", () => {
    const plugin = weightedAlgorithm(hardSharing);
    const lossesAt = (share?: number) => {
      const { learner } = make(() => plugin.instantiate(multiTask(), {}));
      const losses = inScope(() => {
        const pixels = Float32Array.from({ length: 4 * side * side }, (_, at) => (at % 7) / 7);
        const targets = { one: tensor1d([0, 1, 2, 0], "int32"), two: tensor1d([1, 0, 1, 1], "int32") };
        const others = { one: reverse(targets.one), two: reverse(targets.two) };
        const inputs = tensor4d(pixels, [4, side, side, 1]);
        const mixed = share === undefined ? {} : { mixed: { targets: others, share } };
        const losses = learner.train({ inputs, targets, ...mixed });
        return ["one", "two"].map((task) => losses[task]?.dataSync()[0] ?? NaN);
      });
      dispose(learner);
      return losses;
    };
    const [plain, one, half, zero] = [lossesAt(), lossesAt(1), lossesAt(0.5), lossesAt(0)];
    expect(one).toEqual(plain);
    expect(zero).not.toEqual(plain);
    for (const [task, loss] of half.entries())
      expect(loss).toBeCloseTo(((plain[task] ?? NaN) + (zero[task] ?? NaN)) / 2, 5);
  });
});
