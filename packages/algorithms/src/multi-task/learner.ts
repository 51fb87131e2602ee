import { MetabenchError, type MultiTaskContext, type MultiTaskLearner } from "@metabench/core";
import { leaves, named, sgd, variables } from "../nn/index.ts";
import type { Architecture } from "./architecture.ts";
import { predictionsOf, taskLosses } from "./task-losses.ts";
import { updateOf, type LearnedWeights } from "./update.ts";
import type { Weighting } from "./weighting.ts";

/** How a network is trained, whatever its architecture and weighting. */
export interface Training {
  readonly batchSize: number;
  /** The learning rate at the start. */
  readonly rate: number;
  /** Whether the rate stays or falls in a straight line to 0 at the end of the budget. */
  readonly decay: "none" | "linear";
  readonly momentum: number;
  readonly weightDecay: number;
  /** Gradients of a longer norm are shortened to it: a learned weight may grow as fast as its loss falls. */
  readonly clipNorm: number;
}

/**
 * An architecture trained under a weighting, by SGD with momentum on each task's mean loss: cross-entropy of classes, squared error of numbers.
 *
 * @throws MetabenchError `invalid-options` for a weighting on gradients with an architecture that shares nothing.
 */
export function multiTaskLearner(
  context: MultiTaskContext,
  architecture: Architecture,
  weighting: Weighting,
  { batchSize, rate, decay, momentum, weightDecay, clipNorm }: Training,
): MultiTaskLearner {
  const tasks = context.tasks.map(({ id }) => id);
  const network = architecture.create(context);
  const update = updateOf(weighting, context.random.fork("weighting"));
  const initial = network.initialise(context.random.fork("network"));
  if (weighting.uses === "gramian" && leaves(initial.shared).size === 0)
    throw new MetabenchError(
      "invalid-options",
      `${weighting.title} weighs gradients of shared parameters, and ${architecture.id} has none; choose a weighting on losses, such as equal, or an architecture that shares.`,
    );
  const learned = variables<LearnedWeights>({ network: initial, weighting: update.initialise(tasks.length) });
  const updates = Math.ceil(context.budget.images / batchSize);
  const optimiser = sgd<LearnedWeights>(learned, {
    rate,
    momentum,
    weightDecay,
    clipNorm,
    schedule: (step) => (decay === "linear" ? Math.max(0, 1 - step / updates) : 1),
    training: context.training,
    updates,
  });

  const losses = taskLosses(network, context.tasks);

  return {
    parameters: named(learned),
    state: { ...optimiser.state, ...update.state },
    batchSize,
    train(batch) {
      const { values, gradient } = update.gradient((weights) => losses(weights, batch), learned);
      optimiser.apply(gradient);
      return Object.fromEntries(values.map((value, index) => [tasks[index] ?? index, value]));
    },
    predict: (task, inputs) => predictionsOf(network, context.tasks, learned.network, task, inputs),
  };
}
