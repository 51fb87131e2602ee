import { readFileSync } from "node:fs";
import { gather, tensor1d, type Tensor, type Tensor3D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { drawer } from "../against-pytorch.test-support.ts";
import multilayerPerceptron from "../backbones/multilayer-perceptron.ts";
import { after, backboneFor, inScope, learnerContext, startNative } from "../learner.test-support.ts";
import { leaves, linear, map, variables, type Weights } from "../nn/index.ts";
import { reptileUpdate } from "./inner-loop/reptile-update.ts";
import { stackedClassifier, type Network } from "./inner-loop/stacked-classifier.ts";

beforeAll(startNative, 60_000);

type Numbers = Readonly<Record<string, readonly number[]>>;

/** Made by golden/reptile_pytorch.py of this package, which says how. */
const golden = JSON.parse(readFileSync(new URL("reptile-pytorch.golden.json", import.meta.url), "utf8")) as {
  readonly losses: readonly number[];
  readonly weights: Numbers;
  readonly second: Numbers;
  readonly adapted: Numbers;
};

const [tasks, inputs, units, ways, images, steps] = [3, 4, 6, 3, 6, 3];
const batches = [
  [0, 1, 2, 3],
  [4, 5, 0, 1],
  [2, 3, 4, 5],
];

/** Within 1e-5 of what PyTorch has in double precision, relative to the largest number of its tensor. */
function close(found: ReadonlyMap<string, Tensor>, expected: Numbers): void {
  expect([...found.keys()]).toEqual(Object.keys(expected));
  for (const [path, values] of Object.entries(expected)) {
    const scale = Math.max(...values.map(Math.abs));
    const ours = [...(found.get(path)?.dataSync() ?? [])];
    expect(ours).toHaveLength(values.length);
    for (const [at, value] of values.entries())
      expect(Math.abs((ours[at] ?? NaN) - value) / scale, `${path}, ${String(at)}`).toBeLessThan(1e-5);
  }
}

describe("Reptile against PyTorch's Adam in double precision", () => {
  it(
    "has the weights and second moments of two updates, and of adaptation after them, to 1e-5",
    { timeout: 60_000 },
    () => {
      inScope(() => {
        const backbone = backboneFor(multilayerPerceptron, [inputs], { hidden: [units] });
        const { random, ...context } = learnerContext(backbone);
        const form: Network = {
          body: backbone.initialise(random),
          head: linear.initialise(random, units, ways),
        };
        const draw = drawer(1);
        const initialisation = variables(map(form, ({ shape }) => draw(shape, 0.7)));
        const { repeat, loss } = stackedClassifier(backbone);
        const options = { innerRate: 0.05, metaStep: 0.5, updates: 8 };
        const reptile = reptileUpdate(initialisation, repeat, context, options);
        const labels = (of: readonly number[], count: number) =>
          tensor1d(Array.from({ length: count }, () => of.map((at) => at % ways)).flat(), "int32");
        for (const [update, expected] of golden.losses.entries()) {
          const all = drawer(2 + update)<Tensor3D>([tasks, images, inputs]);
          const found = reptile.update(tasks, batches, (weights, batch) =>
            loss(weights, { inputs: gather(all, batch, 1), labels: labels(batch, tasks) }),
          );
          expect((found.dataSync()[0] ?? NaN) / expected).toBeCloseTo(1, 5);
        }
        close(leaves(initialisation), golden.weights);
        const second = Object.entries(reptile.state).flatMap(([name, value]) =>
          name.startsWith("inner.second.") ? [[name.slice("inner.second.".length), value] as const] : [],
        );
        close(new Map(second), golden.second);

        const task = drawer(9)<Tensor3D>([1, images, inputs]);
        const everything = Array.from({ length: images }, (_, at) => at);
        const one = reptile.adapted(
          (network) => repeat(network, 1),
          (weights) => loss(weights, { inputs: task, labels: labels(everything, 1) }),
        );
        after(one, steps, (weights: Weights) => {
          close(leaves(weights), golden.adapted);
        });
        for (const variable of [...leaves(initialisation).values(), ...Object.values(reptile.state)])
          variable.dispose();
      });
    },
  );
});
