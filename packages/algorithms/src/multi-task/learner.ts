import type { Scalar } from "@tensorflow/tfjs-core";
import type { MultiTaskContext, MultiTaskLearner } from "@metabench/core";
import { named, sgd, variables } from "../nn/index.ts";
import type { Architecture } from "./architecture.ts";
import { predictionsOf, taskLosses } from "./task-losses.ts";
import type { LearnedWeights, Weighting } from "./weighting.ts";

const numbers = (losses: readonly Scalar[]) => losses.map((loss) => loss.dataSync()[0] ?? NaN);

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
  /** Options of the weighting; its defaults where absent. */
  readonly weightingOptions?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * An architecture trained under a weighting, by SGD with momentum on each task's mean loss: cross-entropy of classes, squared error of numbers.
 *
 * @throws MetabenchError `invalid-options` for a weighting on gradients with an architecture that shares nothing, and for options that the
 *   weighting or the tasks refuse.
 */
export function multiTaskLearner(
  context: MultiTaskContext,
  architecture: Architecture,
  weighting: Weighting,
  { batchSize, rate, decay, momentum, weightDecay, clipNorm, weightingOptions = {} }: Training,
): MultiTaskLearner {
  const tasks = context.tasks.map(({ id }) => id);
  const network = architecture.create(context);
  const initial = network.initialise(context.random.fork("network"));
  const update = weighting.create(
    {
      tasks,
      shared: initial.shared,
      architecture: architecture.id,
      random: context.random.fork("weighting"),
    },
    weightingOptions,
  );
  const learned = variables<LearnedWeights>({ network: initial, weighting: update.learned });
  const updates = Math.ceil(context.budget.examples / batchSize);
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
      const step = optimiser.made();
      const epoch = Math.floor((step * batchSize) / context.trainingExamples);
      const { values, gradient } = update.gradient((weights) => losses(weights, batch), learned, {
        step,
        epoch,
      });
      optimiser.apply(gradient);
      update.after?.({ before: numbers(values), now: numbers(losses(learned.network, batch)) });
      return Object.fromEntries(values.map((value, index) => [tasks[index] ?? index, value]));
    },
    predict: (task, inputs) => predictionsOf(network, context.tasks, learned.network, task, inputs),
  };
}
