import type { Weights } from "@metabench/core";
import { descendEach } from "../../nn/index.ts";
import { ownNetwork, type AdaptedTask, type InnerLoop } from "./inner-loop.ts";
import type { Network } from "./stacked-classifier.ts";

/** MAML's inner loop: every weight moves, θ′ᵢ = θ − α ∇_θ L_Tᵢ(f_θ). Finn, Abbeel, Levine 2017, algorithm 2. */
export const everyWeight =
  (rate: number): InnerLoop<Network, AdaptedTask> =>
  (initialisation, task) => ({
    start: ownNetwork(initialisation, task),
    step: (weights) => task.descend(task.loss, weights, rate),
  });

/** ANIL's: the head w alone moves, on features that tasks share, w′ = w − α ∇_w L. Raghu, Raghu, Bengio, Vinyals 2020, section 4. */
export const headAlone =
  (rate: number): InnerLoop<Network, AdaptedTask> =>
  (meta, task) => {
    const body = task.body(meta.body);
    // The body stays, so the support set is embedded once.
    const embedding = task.embed(body);
    return {
      start: { body, head: task.head(meta.head) },
      step: ({ head }) => ({
        body,
        head: task.descend((h: Weights) => task.headLoss(h, embedding), head, rate),
      }),
    };
  };

/** An initialisation and a step size for every single weight of it. */
export type NetworkWithRates = { readonly initialisation: Network; readonly rates: Network };

/** Meta-SGD's: every weight moves, at its own learned rate. Li, Zhou, Chen, Li 2017, equation 2. */
export const everyWeightAtItsRate: InnerLoop<NetworkWithRates, AdaptedTask> = (meta, task) => {
  const rates = ownNetwork(meta.rates, task);
  return {
    start: ownNetwork(meta.initialisation, task),
    step: (weights) => descendEach(weights, task.gradient(task.loss, weights), rates),
  };
};
