import { randomStream, type Random } from "@metabench/core";
import { add, dot, scalar, tensor1d } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor1D } from "@tensorflow/tfjs-core";
import { inScope } from "../learner.test-support.ts";
import { disposeTree, leaves, sgd, variables } from "../nn/index.ts";
import type { NetworkWeights } from "./architecture.ts";
import type { LearnedWeights, Weighting } from "./weighting.ts";

type Matrix = readonly (readonly number[])[];

/** Tasks whose losses are linear in the weights, so that all gradients are known. */
export interface LinearTasks {
  /** The gradient of each task in the shared weights, two numbers or more. */
  readonly gradients: Matrix;
  /** The loss of each task before the first step; 1 for each by default. */
  readonly losses?: readonly number[];
}

/** An update made by a weighting. */
export interface Step {
  /** The direction of the shared weights. */
  readonly shared: readonly number[];
  /** The direction of each task's own weight, whose gradient is 1 under its own loss. */
  readonly own: readonly number[];
  /** The losses before the update. */
  readonly losses: readonly number[];
}

/** When an update is made. */
export interface At {
  readonly epoch?: number;
  /** Losses of the tasks in place of those that the weights give. */
  readonly before?: readonly number[];
  /** The same after the step. */
  readonly now?: readonly number[];
}

/** How a weighting is put to work. */
export interface Work {
  readonly options?: unknown;
  readonly random?: Random;
  /** Rate of the steps against the updates. */
  readonly rate?: number;
}

const number = (value: Scalar) => value.dataSync()[0] ?? NaN;

/** A weighting at work on linear tasks, `task0` and so on, with two shared leaves and a number for each task's own. */
export function worker(
  weighting: Weighting,
  { gradients, losses: offsets }: LinearTasks,
  { options = {}, random = randomStream("linear tasks"), rate = 0 }: Work = {},
) {
  const tasks = gradients.map((_, task) => `task${String(task)}`);
  const { update, learned, optimiser } = inScope(() => {
    const rest = Array<number>((gradients[0]?.length ?? 0) - 1).fill(0);
    const network: NetworkWeights = {
      shared: { first: tensor1d([0]), rest: tensor1d(rest) },
      own: Object.fromEntries(tasks.map((task) => [task, { x: scalar(0) }])),
    };
    const update = weighting.create(
      { tasks, shared: network.shared, architecture: "linear", random },
      options,
    );
    const learned = variables<LearnedWeights>({ network, weighting: update.learned });
    return { update, learned, optimiser: sgd<LearnedWeights>(learned, { rate }) };
  });
  const losses = (weights: NetworkWeights, given?: readonly number[]): Scalar[] => {
    const { first, rest } = weights.shared as Readonly<Record<"first" | "rest", Tensor1D>>;
    return gradients.map(([head = 0, ...tail], task) => {
      const { x } = weights.own[`task${String(task)}`] as { readonly x: Scalar };
      const shared = add(dot(first, tensor1d([head])), dot(rest, tensor1d(tail)));
      const loss = add<Scalar>(add(shared, x), offsets?.[task] ?? 1);
      return given ? add(loss, (given[task] ?? NaN) - number(loss)) : loss;
    });
  };
  return {
    /** Values of what later updates depend on. */
    state: () =>
      Object.fromEntries(Object.entries(update.state ?? {}).map(([name, v]) => [name, [...v.dataSync()]])),
    step: ({ epoch = 0, before: given, now }: At = {}): Step =>
      inScope(() => {
        const moment = { step: optimiser.made(), epoch };
        const { values, gradient } = update.gradient((weights) => losses(weights, given), learned, moment);
        const before = values.map(number);
        optimiser.apply(gradient);
        update.after?.({ before, now: losses(learned.network, now).map(number) });
        return {
          shared: [...leaves(gradient.network.shared).values()].flatMap((leaf) => [...leaf.dataSync()]),
          own: [...leaves(gradient.network.own).values()].map((leaf) => leaf.dataSync()[0] ?? NaN),
          losses: before,
        };
      }),
    dispose() {
      disposeTree([learned, update.state ?? {}, optimiser.state]);
    },
  };
}

/** The first update of a weighting on linear tasks. */
export function firstStep(weighting: Weighting, tasks: LinearTasks, work: Work = {}): Step {
  const at = worker(weighting, tasks, work);
  try {
    return at.step();
  } finally {
    at.dispose();
  }
}
