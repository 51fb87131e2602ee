import type { AlgorithmPlugin, Episode, FewShotContext } from "@metabench/core";
import { scalar, tensor1d, type Tensor4D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { drawer, expectGradients, firstGradient, goldenCases } from "../against-pytorch.test-support.ts";
import conv4 from "../backbones/conv4.ts";
import { backboneFor, dispose, inScope, learnerContext, make, startNative } from "../learner.test-support.ts";
import anil from "./anil.ts";
import boil from "./boil.ts";
import mamlPlusPlus from "./maml-plus-plus.ts";
import maml from "./maml.ts";
import metaSgd from "./meta-sgd.ts";
import protoMaml from "./proto-maml.ts";

beforeAll(startNative, 60_000);

/** Made by golden/gradient_based_pytorch.py of this package, which says how. */
const golden = goldenCases(new URL("gradient-based-pytorch.golden.json", import.meta.url));

const [ways, queries, size, channels] = [5, 3, 28, 32];
const labels = (count: number) =>
  tensor1d(
    Array.from({ length: count }, (_, at) => at % ways),
    "int32",
  );
const episode = (task: number, shots: number): Episode => ({
  support: {
    inputs: drawer(20 + task)<Tensor4D>([ways * shots, size, size, 1], 0.5, 0.5),
    labels: tensor1d(
      Array.from({ length: ways * shots }, (_, at) => Math.floor(at / shots)),
      "int32",
    ),
    ways,
    shots,
  },
  query: {
    inputs: drawer(30 + task)<Tensor4D>([ways * queries, size, size, 1], 0.5, 0.5),
    labels: labels(ways * queries),
  },
});
const context = (shots: number): FewShotContext => ({
  ...learnerContext(backboneFor(conv4, [size, size, 1], { width: channels })),
  task: { ways, shots, queries, image: [size, size, 1], trainingClasses: 20 },
});

/** How far the script's weights of a name lie from their centre, and the centre. */
function spread(name: string): readonly [limit: number, centre: number] {
  if (name.startsWith("rates.")) return [0.125, 0.175];
  if (name.endsWith("norm.scale")) return [0.3, 1];
  if (name.endsWith("norm.offset")) return [0.3, 0];
  if (name.includes("head.")) return [1 / Math.sqrt(channels), 0];
  const inputs = name.includes("blocks.0.") ? 1 : channels;
  return [1 / Math.sqrt(9 * inputs), 0];
}

describe.each<
  readonly [
    name: string,
    AlgorithmPlugin<"few-shot-classification">,
    options: object,
    shots: number,
    updatesBefore: number,
  ]
>([
  ["maml", maml, { innerRate: 0.1 }, 1, 0],
  ["anil", anil, { innerRate: 0.4 }, 1, 0],
  ["boil at 0.01", boil, { innerRate: 0.01 }, 1, 0],
  ["boil at 0.1", boil, { innerRate: 0.1 }, 1, 0],
  ["meta-sgd", metaSgd, {}, 1, 0],
  ["proto-maml at 0.01", protoMaml, { innerRate: 0.01 }, 2, 0],
  ["proto-maml at 0.05", protoMaml, { innerRate: 0.05 }, 2, 0],
  ["proto-maml at 0.1", protoMaml, { innerRate: 0.1 }, 2, 0],
  // The budget of 100,000 images is 2,500 updates, and the annealing of the losses' weights a tenth of them, 250.
  ["maml++, first order, at the start", mamlPlusPlus, { innerSteps: 3 }, 1, 0],
  ["maml++ at two fifths of the annealing", mamlPlusPlus, { innerSteps: 3, firstOrderShare: 0 }, 1, 100],
  ["maml++ near the end of the annealing", mamlPlusPlus, { innerSteps: 3, firstOrderShare: 0 }, 1, 245],
])("%s", (name, plugin, options, shots, updatesBefore) => {
  it("has the meta-gradient of PyTorch's autograd in double precision, to 1e-3", { timeout: 60_000 }, () => {
    const given = { innerSteps: 2, metaBatch: 2, trainingQueries: queries, clipNorm: 1e9, ...options };
    const { learner } = make(() => plugin.instantiate(context(shots), given));
    const expected = golden(name);
    if (learner.trainsOn !== "episodes") throw new Error("It does not learn from episodes.");
    expect(Object.keys(learner.parameters)).toEqual(Object.keys(expected.gradients));
    inScope(() => {
      const [weights, rates, norms] = [drawer(1), drawer(4), drawer(7)];
      for (const [name, variable] of Object.entries(learner.parameters)) {
        const draw = name.startsWith("rates.") ? rates : name.startsWith("norms.") ? norms : weights;
        variable.assign(draw(variable.shape, ...spread(name)));
      }
      learner.state["step"]?.assign(scalar(updatesBefore, "int32"));
      const { loss } = learner.train([episode(0, shots), episode(1, shots)]);
      expect(Math.abs((loss?.dataSync()[0] ?? NaN) / expected.loss - 1)).toBeLessThan(1e-3);
      expectGradients(firstGradient(learner), expected.gradients, 1e-3);
    });
    dispose(learner);
  });
});
