import {
  randomStream,
  type FunctionBatch,
  type RegressionContext,
  type RegressionLearner,
} from "@metabench/core";
import { gather, mul, squeeze, tensor2d, tensor3d } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import multilayerPerceptron from "../backbones/multilayer-perceptron.ts";
import {
  backboneFor,
  dispose,
  draw,
  inScope,
  leaked,
  learnerContext,
  make,
  resume,
  save,
  startNative,
} from "../learner.test-support.ts";
import { descend, gradient, leaves, linear, meanSquaredError, type Weights } from "../nn/index.ts";
import { functionNetwork } from "./function-network.ts";
import { anil, maml, metaSgd, oracle, pretrained, reptile } from "./index.ts";

beforeAll(startNative);

const context = (shots = 5): RegressionContext => ({
  ...learnerContext(backboneFor(multilayerPerceptron, [1])),
  task: { inputs: 1, outputs: 1, shots, queries: 50 },
});

/** A sine wave and points of it. */
const sine = (stream: string) => {
  const random = randomStream(stream);
  const [amplitude, phase] = [0.1 + 4.9 * random.uniform(), Math.PI * random.uniform()];
  const wave = (x: number) => amplitude * Math.sin(x - phase);
  return (count: number) => {
    const x = Array.from({ length: count }, () => [10 * random.uniform() - 5]);
    return { x, y: x.map(([at = 0]) => [wave(at)]) };
  };
};

const batches = (step: number, functions: number, shots = 5): [FunctionBatch, FunctionBatch] => {
  const waves = Array.from({ length: functions }, (_, at) => sine(`train/${String(step)}/${String(at)}`));
  const half = () => {
    const points = waves.map((wave) => wave(shots));
    return { inputs: tensor3d(points.map(({ x }) => x)), targets: tensor3d(points.map(({ y }) => y)) };
  };
  return [half(), half()];
};

const train = (learner: RegressionLearner, step: number) =>
  learner.train(...batches(step, learner.functionsPerUpdate));

/** Mean squared error on fresh points after 0, 1, … steps, over 30 waves. */
const errors = (learner: RegressionLearner, steps: number): number[] => {
  const perWave = Array.from({ length: 15 }, (_, at) =>
    inScope(() => {
      const wave = sine(`test/${String(at)}`);
      const [support, query] = [wave(5), wave(50)];
      const points = { inputs: tensor2d(support.x), targets: tensor2d(support.y) };
      return draw(
        learner.adapt(points),
        steps,
        ({ predict }) => meanSquaredError(predict(tensor2d(query.x)), tensor2d(query.y)).dataSync()[0] ?? NaN,
      );
    }),
  );
  return (perWave[0] ?? []).map(
    (_, step) => perWave.reduce((sum, curve) => sum + (curve[step] ?? NaN), 0) / perWave.length,
  );
};

describe.each([maml, anil, metaSgd, reptile, pretrained].map((plugin) => ({ id: plugin.id, plugin })))(
  "$id",
  ({ plugin }) => {
    const create = () => plugin.instantiate(context(), {});

    it("learns, holding every variable it registers", () => {
      const { learner, strays } = make(create);
      expect(strays).toEqual([]);
      const losses = Array.from({ length: 200 }, (_, step) =>
        inScope(() => train(learner, step)["loss"]?.dataSync()[0] ?? NaN),
      );
      const mean = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;
      expect(mean(losses.slice(-30))).toBeLessThan(0.9 * mean(losses.slice(0, 30)));
      dispose(learner);
    });

    it("resumes bit for bit from its parameters and state", () => {
      const [through, resumed] = resume(create, train);
      expect(resumed).toEqual(through);
    });

    it("leaks nothing, in training or adaptation", () => {
      const { learner } = make(create);
      expect(leaked(() => train(learner, 0))).toBe(0);
      expect(leaked(() => errors(learner, 10))).toBe(0);
      dispose(learner);
    });
  },
);

/** Predictions at −1, 0 and 1 after 0 and 1 steps on the same five points, by a learner that was not trained. */
const untrained = (plugin: typeof maml, options: object) => {
  const { learner } = make(() => plugin.instantiate(context(), options));
  const found = inScope(() => {
    const { x, y } = sine("support")(5);
    return draw(learner.adapt({ inputs: tensor2d(x), targets: tensor2d(y) }), 1, ({ predict }) => [
      ...predict(tensor2d([[-1], [0], [1]])).dataSync(),
    ]);
  });
  dispose(learner);
  return found;
};

describe("what else adapts to functions", () => {
  it("starts with MAML's weights, and Meta-SGD steps as MAML does while all its rates are one", () => {
    const [before, after] = untrained(maml, { innerRate: 0.05 });
    expect(untrained(anil, {})[0]).toEqual(before);
    expect(untrained(reptile, {})[0]).toEqual(before);
    const inOneGo = untrained(metaSgd, { initialRate: 0.05 });
    expect(inOneGo).toHaveLength(1);
    for (const [at, value] of (inOneGo[0] ?? []).entries()) expect(value).toBeCloseTo(after?.[at] ?? NaN, 5);
  });

  it("moves the last layer alone in ANIL", () => {
    const [, after = []] = untrained(anil, { innerRate: 0.05 });
    inScope(() => {
      const { backbone, random, task } = context();
      const { body, head } = functionNetwork(backbone, task.outputs).initialise(random);
      const embed = (x: number[][]) => backbone.apply(body, tensor2d(x)).embedding;
      const { x, y } = sine("support")(5);
      const loss = (w: typeof head) => meanSquaredError(linear.apply(w, embed(x)), tensor2d(y));
      const expected = linear.apply(descend(head, gradient(loss, head), 0.05), embed([[-1], [0], [1]]));
      for (const [at, value] of expected.dataSync().entries()) expect(after[at]).toBeCloseTo(value, 5);
    });
    expect(after).not.toEqual(untrained(maml, { innerRate: 0.05 })[1]);
  });

  it("moves Reptile a share of the way to the weights that the functions reach, the mean over them", () => {
    const moved = (metaStep: number) => {
      const { learner } = make(() => reptile.instantiate(context(), { metaStep, metaBatch: 3 }));
      const start = save(learner);
      inScope(() => train(learner, 0));
      const end = save(learner);
      dispose(learner);
      return Object.keys(learner.parameters).flatMap((name) =>
        (end[name] ?? []).map((value, at) => value - (start[name]?.[at] ?? NaN)),
      );
    };
    const [whole, quarter] = [moved(1), moved(0.25)];
    expect(Math.hypot(...whole)).toBeGreaterThan(0.01);
    for (const [at, value] of quarter.entries()) expect(value).toBeCloseTo(0.25 * (whole[at] ?? NaN), 5);
  });
});

describe("MAML for regression", () => {
  it("adapts a stack of functions as it would each alone", () => {
    inScope(() => {
      const network = functionNetwork(context().backbone, 1);
      const initial = network.initialise(randomStream("weights"));
      const [{ inputs, targets }] = batches(0, 3);
      const stepped = <W extends Weights>(weights: W, loss: (w: W) => Scalar) =>
        leaves(descend(weights, gradient(loss, weights), 0.1));
      const together = stepped(network.stacked.repeat(initial, 3), (w) =>
        mul(meanSquaredError(network.stacked.apply(w, inputs), targets), 3),
      );
      for (let which = 0; which < 3; which += 1) {
        const of = <T extends Tensor>(points: Tensor) => squeeze<T>(gather(points, [which]), [0]);
        const alone = stepped(initial, (w) =>
          meanSquaredError(network.apply(w, of<Tensor2D>(inputs)), of(targets)),
        );
        for (const [path, leaf] of alone) {
          const ours = of(together.get(path) ?? leaf).dataSync();
          for (const [at, value] of leaf.dataSync().entries()) expect(ours[at]).toBeCloseTo(value, 5);
        }
      }
    });
  });

  it("predicts better after a step, having learned to", () => {
    const { learner } = make(() => maml.instantiate(context(), { metaRate: 3e-3 }));
    for (let step = 0; step < 200; step += 1) inScope(() => train(learner, step));
    const [before = NaN, after = NaN] = errors(learner, 1);
    expect(after).toBeLessThan(0.9 * before);
    dispose(learner);
  });

  it("differs between first and second order", () => {
    const [first, second] = ([1, 2] as const).map((order) => {
      const { learner } = make(() => maml.instantiate(context(), { order }));
      inScope(() => train(learner, 0));
      const moments = [...(learner.state["first"]?.dataSync() ?? [])];
      dispose(learner);
      return { moments };
    });
    expect(second?.moments).not.toEqual(first?.moments);
  });

  it("names first order in its row", () => {
    expect(maml.label({ order: 1 })).toBe("First-order MAML");
  });
});

describe("oracle", () => {
  it("predicts any sine wave from its points", () => {
    const { learner, strays } = make(() => oracle.instantiate(context(), {}));
    expect(strays).toEqual([]);
    expect(errors(learner, 0)[0]).toBeLessThan(1e-8);
  });

  it("refuses functions of more than one number", () => {
    expect(() =>
      oracle.instantiate({ ...context(), task: { inputs: 2, outputs: 1, shots: 5, queries: 5 } }, {}),
    ).toThrow(/from 2 to 1/);
  });
});
