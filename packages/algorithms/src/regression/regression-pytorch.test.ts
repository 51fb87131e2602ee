import type { AlgorithmPlugin, FunctionBatch, RegressionContext } from "@metabench/core";
import { tensor3d, type Tensor3D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { drawer, expectGradients, firstGradient, goldenCases } from "../against-pytorch.test-support.ts";
import multilayerPerceptron from "../backbones/multilayer-perceptron.ts";
import { backboneFor, dispose, inScope, learnerContext, make, startNative } from "../learner.test-support.ts";
import { anil, maml, metaSgd } from "./index.ts";

beforeAll(startNative, 60_000);

/** Made by golden/regression_pytorch.py of this package, which says how. */
const golden = goldenCases(new URL("regression-pytorch.golden.json", import.meta.url));

const [functions, points] = [3, 5];

/** Sine waves of amplitude 1, 2 and 3 at phases 0, 1 and 2. */
function waves(seed: number): FunctionBatch {
  const inputs = drawer(seed)<Tensor3D>([functions, points, 1], 5);
  const targets = Array.from(inputs.dataSync<"float32">(), (x, at) => {
    const which = Math.floor(at / points);
    return (which + 1) * Math.sin(x - which);
  });
  return { inputs, targets: tensor3d(targets, [functions, points, 1]) };
}

const context = (): RegressionContext => ({
  ...learnerContext(backboneFor(multilayerPerceptron, [1])),
  task: { inputs: 1, outputs: 1, shots: points, queries: points },
});

describe.each<readonly [name: string, AlgorithmPlugin<"few-shot-regression">, options: object]>([
  ["maml", maml, { innerRate: 0.02 }],
  ["maml, first order", maml, { innerRate: 0.02, order: 1 }],
  ["anil", anil, { innerRate: 0.02 }],
  ["meta-sgd", metaSgd, { clipNorm: 1e9 }],
])("%s on sine waves", (name, plugin, options) => {
  it("has the meta-gradient of PyTorch's autograd in double precision, to 1e-4", { timeout: 60_000 }, () => {
    const { learner } = make(() =>
      plugin.instantiate(context(), { innerSteps: 2, metaBatch: functions, ...options }),
    );
    const expected = golden(name);
    if (learner.trainsOn !== "episodes") throw new Error("It does not learn from episodes.");
    inScope(() => {
      const [weights, rates] = [drawer(1), drawer(4)];
      for (const [path, variable] of Object.entries(learner.parameters))
        variable.assign(
          path.startsWith("rates.") ? rates(variable.shape, 0.02, 0.01) : weights(variable.shape, 0.3),
        );
      const { loss } = learner.train(waves(2), waves(3));
      expect(Math.abs((loss?.dataSync()[0] ?? NaN) / expected.loss - 1)).toBeLessThan(1e-4);
      expectGradients(firstGradient(learner), expected.gradients, 1e-4);
    });
    dispose(learner);
  });
});
