import type { LearnerContext, Variables } from "@metabench/core";
import { div, sub, type Scalar } from "@tensorflow/tfjs-core";
import { adaptiveStart, adaptiveStep, iterate, sgd, zip } from "../nn/index.ts";
import {
  meanOverTasks,
  type Network,
  type StackedClassifier,
  type StackedNetwork,
} from "./stacked-classifier.ts";

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
  /** A task's own weights after 0, 1, 2, … steps of the same kind down its loss. */
  adapted(start: StackedNetwork, loss: (weights: StackedNetwork) => Scalar): Iterable<StackedNetwork>;
}

/** Reptile on an initialisation, which is variables. Nichol, Achiam, Schulman 2018, algorithm 2. https://arxiv.org/abs/1803.02999 */
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
  return {
    state: outer.state,
    update(tasks, batches, loss) {
      let adapted = adaptiveStart(repeat(initialisation, tasks));
      for (const [at, batch] of batches.entries())
        adapted = adaptiveStep(adapted, (weights) => loss(weights, batch), innerRate, at);
      const reached = meanOverTasks(repeat, adapted.weights, initialisation, tasks);
      outer.apply(zip(initialisation, reached, (from, to) => sub(from, to)));
      return div(adapted.loss, tasks);
    },
    *adapted(start, loss) {
      let at = 0;
      for (const { weights } of iterate(adaptiveStart(start), (state) =>
        adaptiveStep(state, loss, innerRate, at++),
      ))
        yield weights;
    },
  };
}
