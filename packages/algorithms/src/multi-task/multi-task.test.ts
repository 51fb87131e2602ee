import {
  randomStream,
  type MultiTaskBatch,
  type MultiTaskContext,
  type MultiTaskLearner,
} from "@metabench/core";
import { argMax, equal as same, mean, tensor1d, tensor4d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import lenet from "../backbones/lenet.ts";
import {
  backboneFor,
  inScope,
  dispose,
  leaked,
  learnerContext,
  make,
  resume,
  save,
  startNative,
} from "../learner.test-support.ts";
import { hardSharing } from "./architectures/hard-sharing.ts";
import { singleTask } from "./architectures/single-task.ts";
import { multiTaskAlgorithms } from "./index.ts";
import { multiTaskLearner } from "./learner.ts";
import { weightings } from "./weightings/index.ts";

const side = 16;
const ids = ["rows", "columns", "corner"];
const training = {
  batchSize: 24,
  rate: 0.02,
  decay: "none",
  momentum: 0.9,
  weightDecay: 1e-3,
  clipNorm: 2,
} as const;

const staticWeights = { rows: 1, columns: 0.8, corner: 1.2 };

// Two updates of 24 images are an epoch, so that resumed training has weights from earlier epochs.
const context = (seed = 0): MultiTaskContext => ({
  ...learnerContext(backboneFor(lenet, [side, side, 1]), seed),
  tasks: ids.map((id) => ({ id, target: "class", classes: 2, outputs: 2 })),
  inputShape: [side, side, 1],
  ownExamples: false,
  trainingExamples: 48,
});

/** Noisy pictures with a bright half: upper or lower, left or right, and a corner that is set or not. */
function pictures(step: number, count = 24): MultiTaskBatch {
  const random = randomStream(`pictures/${String(step)}`);
  const labels = ids.map(() => Int32Array.from({ length: count }, () => random.below(2)));
  const pixels = Float32Array.from({ length: count * side * side }, (_, at) => {
    const image = Math.floor(at / side ** 2);
    const [y, x] = [Math.floor(at / side) % side, at % side];
    const of = (task: number) => labels[task]?.[image] ?? 0;
    const corner = y < 5 && x < 5 ? 2 * of(2) : 0;
    return (
      0.3 * random.uniform() +
      Number(y < side / 2 === (of(0) === 1)) +
      Number(x < side / 2 === (of(1) === 1)) +
      corner
    );
  });
  return {
    inputs: tensor4d(pixels, [count, side, side, 1]),
    targets: Object.fromEntries(ids.map((id, task) => [id, tensor1d(labels[task] ?? [], "int32")])),
  };
}

const accuracy = (learner: MultiTaskLearner, task: string) =>
  inScope(() => {
    const { inputs, targets } = pictures(-1, 100);
    const right = same(argMax(learner.predict(task, inputs), 1), targets[task] ?? []);
    return mean(right).dataSync()[0] ?? NaN;
  });

const train = (learner: MultiTaskLearner, step: number) => learner.train(pictures(step));

beforeAll(startNative);

const systems = [
  { name: "single-task", create: () => multiTaskLearner(context(), singleTask, weightings.equal, training) },
  ...Object.values(weightings).map((weighting) => ({
    name: `hard-sharing, ${weighting.id}`,
    create: () =>
      multiTaskLearner(context(), hardSharing, weighting, {
        ...training,
        ...(weighting.id === "static" && { weightingOptions: { weights: staticWeights } }),
      }),
  })),
];

describe.each(systems)("$name", ({ create }) => {
  it("learns every task", () => {
    const { learner, strays } = make(create);
    expect(strays).toEqual([]);
    const loss = (step: number) =>
      inScope(() => Object.values(train(learner, step)).map((l) => l.dataSync()[0] ?? NaN));
    const first = loss(0);
    for (let step = 1; step < 120; step += 1) loss(step);
    const last = loss(120);
    for (const task of first.keys()) expect(last[task]).toBeLessThan((first[task] ?? NaN) / 2);
    for (const id of ids) expect(accuracy(learner, id)).toBeGreaterThan(0.9);
    dispose(learner);
  });

  it("names its losses by task", () => {
    const { learner } = make(create);
    expect(inScope(() => Object.keys(train(learner, 0)))).toEqual(ids);
    dispose(learner);
  });

  it("resumes bit for bit from its parameters and state", () => {
    const [through, resumed] = resume(create, train);
    expect(resumed).toEqual(through);
  });

  it("leaks nothing, in training or prediction", () => {
    const { learner } = make(create);
    expect(leaked(() => train(learner, 0))).toBe(0);
    expect(leaked(() => learner.predict("rows", pictures(0).inputs))).toBe(0);
    dispose(learner);
  });
});

describe("weightings", () => {
  it("on gradients refuse an architecture that shares nothing", () => {
    expect(() => inScope(() => multiTaskLearner(context(), singleTask, weightings.pcgrad, training))).toThrow(
      /PCGrad weighs gradients of shared parameters, and single-task has none; choose/,
    );
  });

  it("PCGrad's update equals equal weights' where no gradients conflict", () => {
    // The same labels for every task, and heads that start alike, so all gradients are alike.
    const states = [weightings.equal, weightings.pcgrad].map((weighting) => {
      const { learner } = make(() =>
        multiTaskLearner(context(), hardSharing, weighting, { ...training, rate: 1e-3 }),
      );
      const { parameters } = learner;
      inScope(() => {
        for (const [name, v] of Object.entries(parameters)) {
          const source = parameters[name.replace(/own\.\w+/, "own.rows")];
          if (source) v.assign(source.clone());
        }
        const { inputs, targets } = pictures(0);
        const rows = targets["rows"] ?? tensor1d([]);
        learner.train({ inputs, targets: Object.fromEntries(ids.map((id) => [id, rows])) });
      });
      const velocities = Object.entries(save(learner)).filter(([name]) => name === "velocity");
      dispose(learner);
      return velocities;
    });
    const [equal, pcgrad] = states.map((state) => state[0]?.[1] ?? []);
    const scale = Math.max(...(equal ?? []).map(Math.abs));
    expect(scale).toBeGreaterThan(0);
    for (const [at, value] of (equal ?? []).entries())
      expect(Math.abs(value - (pcgrad?.[at] ?? NaN))).toBeLessThan(1e-5 * scale);
  });

  it("are told which epoch it is, and what a step did to the losses", () => {
    // Two updates are an epoch; the weights stay at 1 in the first two epochs.
    const dwa = make(() =>
      multiTaskLearner(context(), hardSharing, weightings["dynamic-weight-average"], training),
    ).learner;
    const weightsAfter = (updates: number) => {
      for (let step = 0; step < updates; step += 1) inScope(() => train(dwa, step));
      return save(dwa)["weighting.weights"];
    };
    expect(weightsAfter(4)).toEqual([1, 1, 1]);
    expect(new Set(weightsAfter(1)).size).toBe(3);
    const famo = make(() => multiTaskLearner(context(), hardSharing, weightings.famo, training)).learner;
    expect(save(famo)["weighting.logits"]).toEqual([0, 0, 0]);
    inScope(() => train(famo, 0));
    expect(save(famo)["weighting.logits"]?.every((logit) => logit !== 0)).toBe(true);
    for (const learner of [dwa, famo]) dispose(learner);
  });

  it("reach shared parameters by every loss and own ones by one alone", () => {
    for (const architecture of [singleTask, hardSharing])
      for (const id of ids) {
        const network = architecture.create(context());
        inScope(() => {
          const weights = network.initialise(randomStream("w"));
          expect(Object.keys(weights.own)).toEqual(ids);
          const other = network.initialise(randomStream("other"));
          const logits = (w: typeof weights) => [...network.forward(w, pictures(0).inputs)(id).dataSync()];
          const others = Object.fromEntries(
            ids.map((task) => [task, task === id ? weights.own[task] : other.own[task]]),
          );
          expect(logits({ shared: weights.shared, own: others as typeof weights.own })).toEqual(
            logits(weights),
          );
          if (architecture === hardSharing)
            expect(logits({ ...weights, shared: other.shared })).not.toEqual(logits(weights));
        });
      }
  });
});

describe("plugins", () => {
  it("are one an architecture, with the weighting in the row's name", () => {
    const [single, hard] = multiTaskAlgorithms;
    const methods = multiTaskAlgorithms.filter(({ role }) => role === "method");
    expect(methods.map(({ id }) => id)).toEqual(["single-task", "hard-sharing"]);
    expect(single?.label({})).toBe("Single task");
    expect(hard?.label({})).toBe("Hard sharing, equal weights");
    expect(hard?.label({ weighting: "pcgrad" })).toBe("Hard sharing, PCGrad");
    expect(() => single?.parseOptions({ weighting: "equal" })).toThrow(/weighting/);
    expect(() => hard?.parseOptions({ weighting: "none" })).toThrow(/weighting/);
  });

  it("train at a rate that falls to nothing at the end of the budget", () => {
    const [, hard] = multiTaskAlgorithms;
    const create = () =>
      hard?.instantiate(
        { ...context(), budget: { examples: 72, images: 72 } },
        { batchSize: 24 },
      ) as MultiTaskLearner;
    const { learner } = make(create);
    for (let step = 0; step < 3; step += 1) inScope(() => train(learner, step));
    const atTheEnd = learner.parameters["network.shared.dense.kernel"]?.dataSync().slice();
    inScope(() => train(learner, 3));
    expect(learner.parameters["network.shared.dense.kernel"]?.dataSync()).toEqual(atTheEnd);
    dispose(learner);
  });
});
