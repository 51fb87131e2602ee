import type { LearnerContext, Variables } from "@metabench/core";
import { z } from "zod";
import {
  add,
  div,
  scalar,
  sub,
  zerosLike,
  type Scalar,
  type Tensor,
  type Variable,
} from "@tensorflow/tfjs-core";
import {
  adaptiveStart,
  adaptiveStep,
  iterate,
  map,
  named,
  sgd,
  unflatten,
  variables,
  zip,
} from "../../nn/index.ts";
import {
  meanOverTasks,
  type Network,
  type StackedClassifier,
  type StackedNetwork,
} from "./stacked-classifier.ts";

/** How far an update goes: the share of the way to the adapted weights. */
export const metaStep = z
  .number()
  .positive()
  .max(1)
  .default(1)
  .describe(
    "Initial fraction of the way to the adapted weights; it decreases linearly to 0 over the budget.",
  );

/** How Reptile learns and adapts, whatever the loss. */
export interface ReptileUpdate {
  readonly state: Variables;
  /**
   * One update: each task's weights take a step down the loss on each of the batches, and the initialisation moves towards their mean.
   * Returns the mean over tasks of the last step's loss, which `loss` sums over them.
   */
  update<B>(
    tasks: number,
    batches: readonly B[],
    loss: (weights: StackedNetwork, batch: B) => Scalar,
  ): Scalar;
  /** A task's own weights after 0, 1, 2, … steps of the same kind down its loss; `own` makes the initialisation the task's. */
  adapted(
    own: (network: Network) => StackedNetwork,
    loss: (weights: StackedNetwork) => Scalar,
  ): Iterable<StackedNetwork>;
}

/**
 * Reptile on an initialisation φ, which is variables: φ ← φ + ε (1/n) Σᵢ (φ̃ᵢ − φ), with φ̃ᵢ the weights that task i reaches.
 *
 * Nichol, Achiam, Schulman 2018, algorithm 2. https://arxiv.org/abs/1803.02999
 *
 * The inner optimiser is Adam with β₁ = 0. As in the authors' code, its second moments outlive a task: they are handed on to the next ones, and
 * to those of the test, so that no task's first step is one of the same size for every weight. Of the tasks of an update, which are
 * adapted side by side, the mean is handed on.
 */
export function reptileUpdate(
  initialisation: Network,
  repeat: StackedClassifier["repeat"],
  { training }: Pick<LearnerContext, "training">,
  {
    innerRate,
    metaStep,
    updates,
  }: { readonly innerRate: number; readonly metaStep: number; readonly updates: number },
): ReptileUpdate {
  // Towards the adapted weights is down φ − φ̃, which the authors treat as a gradient (section 2).
  const outer = sgd<Network>(initialisation, {
    rate: metaStep,
    schedule: (step) => Math.max(0, 1 - step / updates),
    training,
    updates,
  });
  const inner = variables(
    { second: map(initialisation, (leaf) => zerosLike(leaf)), steps: scalar(0) },
    { trainable: false },
  );
  const made = () => inner.steps.dataSync()[0] ?? 0;
  const assign = (variable: Tensor, value: Tensor) => {
    (variable as Variable).assign(value);
    return variable;
  };
  return {
    state: { ...outer.state, ...named(inner, "inner.") },
    update(tasks, batches, loss) {
      const before = made();
      let adapted = adaptiveStart(repeat(initialisation, tasks), repeat(inner.second, tasks));
      for (const [at, batch] of batches.entries())
        adapted = adaptiveStep(adapted, (weights) => loss(weights, batch), innerRate, before + at);
      const reached = meanOverTasks(repeat, adapted.weights, initialisation, tasks);
      zip(
        inner.second,
        meanOverTasks(repeat, unflatten(adapted.weights, adapted.second), inner.second, tasks),
        assign,
      );
      assign(inner.steps, add(inner.steps, batches.length));
      outer.apply(zip(initialisation, reached, (from, to) => sub(from, to)));
      return div(adapted.loss, tasks);
    },
    *adapted(own, loss) {
      let at = made();
      for (const { weights } of iterate(adaptiveStart(own(initialisation), own(inner.second)), (state) =>
        adaptiveStep(state, loss, innerRate, at++),
      ))
        yield weights;
    },
  };
}
