import type { AlgorithmPlugin, Episode, FewShotContext } from "@metabench/core";
import { tensor1d, type Tensor4D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { drawer, expectGradients, firstGradient, goldenCases } from "../against-pytorch.test-support.ts";
import conv4 from "../backbones/conv4.ts";
import { backboneFor, dispose, inScope, learnerContext, make, startNative } from "../learner.test-support.ts";
import prototypicalNetworks from "./prototypical-networks.ts";
import relationNetworks from "./relation-networks.ts";

beforeAll(startNative, 60_000);

/** Made by golden/metric_based_pytorch.py of this package, which says how. */
const golden = goldenCases(new URL("metric-based-pytorch.golden.json", import.meta.url));

const [ways, shots, queries, size] = [5, 2, 3, 32];

const episode = (): Episode => {
  const images = (seed: number, count: number) => drawer(seed)<Tensor4D>([count, size, size, 1], 0.5, 0.5);
  const labels = (count: number, of: (at: number) => number) =>
    tensor1d(
      Array.from({ length: count }, (_, at) => of(at)),
      "int32",
    );
  const [supports, asked] = [ways * shots, ways * queries];
  return {
    support: {
      inputs: images(2, supports),
      labels: labels(supports, (at) => Math.floor(at / shots)),
      ways,
      shots,
    },
    query: { inputs: images(3, asked), labels: labels(asked, (at) => at % ways) },
  };
};

const context = (): FewShotContext => ({
  ...learnerContext(backboneFor(conv4, [size, size, 1], { width: 8 })),
  task: { ways, shots, queries, image: [size, size, 1], trainingClasses: 20 },
});

describe.each<readonly [plugin: AlgorithmPlugin<"few-shot-classification">]>([
  [prototypicalNetworks],
  [relationNetworks],
])("$id", (plugin) => {
  // Float32 leaves 3e-5 at most here (on native TensorFlow); a term that is missing shows in the first digits.
  it(
    "has the loss and the gradient of PyTorch's autograd in double precision, to 2e-4",
    { timeout: 60_000 },
    () => {
      const { learner } = make(() => plugin.instantiate(context(), {}));
      const expected = golden(plugin.id);
      if (learner.trainsOn !== "episodes") throw new Error("It does not learn from episodes.");
      inScope(() => {
        const draw = drawer(1);
        for (const [name, variable] of Object.entries(learner.parameters)) {
          const fanIn = variable.shape.slice(0, -1).reduce((a, b) => a * b, 1);
          const limit = name.endsWith("kernel") ? 2 / Math.sqrt(fanIn) : 0.3;
          variable.assign(draw(variable.shape, limit, name.endsWith("scale") ? 1 : 0));
        }
        const { loss } = learner.train([episode()]);
        expect(Math.abs((loss?.dataSync()[0] ?? NaN) / expected.loss - 1)).toBeLessThan(2e-4);
        expectGradients(firstGradient(learner), expected.gradients, 2e-4);
      });
      dispose(learner);
    },
  );
});
