import { beforeAll, expect, it } from "vitest";
import { drawer, expectGradients, firstGradient, goldenCases } from "../against-pytorch.test-support.ts";
import { dispose, inScope, make, startNative } from "../learner.test-support.ts";
import { context, episode, queries, spread } from "./gradient-based-pytorch.test-support.ts";
import umtl from "./umtl.ts";

beforeAll(startNative, 60_000);

/** Made by golden/umtl_pytorch.py of this package, which says how. */
const golden = goldenCases(new URL("umtl-pytorch.golden.json", import.meta.url));

/** How far the script's weights of the Task Encoder and the Meta-Learner lie from 0. `shapes` has those of all weights. */
function limit(name: string, shapes: Readonly<Record<string, readonly number[]>>): number {
  if (name === "encoder.labels") return 1;
  const [inputs = NaN] = shapes[name.replace(/bias$/, "kernel")] ?? [];
  const wide = /\.(example|score)\.|\.attention\./.test(name);
  const narrow = /\.(modulation|stepSizes)\./.test(name);
  return (wide ? 3 : narrow ? 0.5 : 1) / Math.sqrt(inputs);
}

it(
  "UMTL has the loss and the meta-gradient of PyTorch's autograd in double precision, to 1e-3",
  { timeout: 60_000 },
  () => {
    const shots = 2;
    const { learner } = make(() =>
      umtl.instantiate(context(shots), {
        innerSteps: 2,
        metaBatch: 2,
        trainingQueries: queries,
        clipNorm: null,
        initialStep: 0.1,
        reconstruction: 0.5,
      }),
    );
    const expected = golden("umtl");
    if (learner.trainsOn !== "episodes") throw new Error("It does not learn from episodes.");
    inScope(() => {
      const [trunk, strategist] = [drawer(1), drawer(4)];
      const shapes = Object.fromEntries(
        Object.entries(learner.parameters).map(([name, { shape }]) => [name, shape]),
      );
      for (const [name, variable] of Object.entries(learner.parameters))
        variable.assign(
          name.startsWith("body.")
            ? trunk(variable.shape, ...spread(name))
            : strategist(variable.shape, limit(name, shapes)),
        );
      const { loss } = learner.train([episode(0, shots), episode(1, shots)]);
      expect(Math.abs((loss?.dataSync()[0] ?? NaN) / expected.loss - 1)).toBeLessThan(1e-3);
      expectGradients(firstGradient(learner), expected.gradients, 1e-3);
    });
    dispose(learner);
  },
);
