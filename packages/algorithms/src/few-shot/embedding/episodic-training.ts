import type { Scalar } from "@tensorflow/tfjs-core";
import type { Episode, FewShotContext, FromEpisodes, Variables, Weights } from "@metabench/core";
import { z } from "zod";
import { adam } from "../../nn/index.ts";

/** Options of methods that take one episode an update, with the defaults in which they differ. */
export const episodicOptions = ({ trainingWays = 20, trainingQueries = 5, rate = 0.001 } = {}) => ({
  trainingWays: z
    .int()
    .min(2)
    .default(trainingWays)
    .describe("Classes per training episode, at most those of the split."),
  trainingQueries: z
    .int()
    .min(1)
    .default(trainingQueries)
    .describe(
      "Query images per class of a training episode. Fewer queries let the budget pay for more classes.",
    ),
  rate: z
    .number()
    .positive()
    .default(rate)
    .describe("Adam's initial rate; it is halved after every fifth of the budget."),
});

/** Parsed {@link episodicOptions}. */
export type EpisodicOptions = z.output<z.ZodObject<ReturnType<typeof episodicOptions>>>;

/** The training half of a learner that takes one episode an update, of the test's shots but ways of its own. */
export function episodicTraining<W extends Weights>(
  network: W,
  { task, budget, training }: Pick<FewShotContext, "task" | "budget" | "training">,
  { trainingWays, trainingQueries, rate }: EpisodicOptions,
  loss: (weights: W, episode: Episode) => Scalar,
): FromEpisodes & { readonly state: Variables } {
  const ways = Math.min(trainingWays, task.trainingClasses);
  const perUpdate = ways * (task.shots + trainingQueries);
  const updates = budget.examples / perUpdate;
  const halving = Math.ceil(updates / 5);
  const optimiser = adam(network, {
    rate,
    schedule: (step) => 0.5 ** Math.floor(step / halving),
    training,
    updates,
  });
  return {
    state: optimiser.state,
    trainsOn: "episodes",
    episodes: { ways, shots: task.shots, queries: trainingQueries, perUpdate: 1 },
    train: ([episode]) => ({ loss: optimiser.minimise((weights) => loss(weights, episode as Episode)) }),
  };
}
