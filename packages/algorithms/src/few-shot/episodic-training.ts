import type { Scalar } from "@tensorflow/tfjs-core";
import type { Episode, FewShotContext, FromEpisodes, Variables, Weights } from "@metabench/core";
import { adam } from "../nn/index.ts";

/** What an episode of training looks like, and how fast to learn from it. */
export interface EpisodicOptions {
  /** Classes of a training episode; as many as the split has, at most. */
  readonly trainingWays: number;
  /** Query images a class. */
  readonly trainingQueries: number;
  /** Adam's rate at the start; it halves after every fifth of the budget. */
  readonly rate: number;
}

/** The training half of a learner that takes one episode an update, of the test's shots but ways of its own. */
export function episodicTraining<W extends Weights>(
  network: W,
  { task, budget }: Pick<FewShotContext, "task" | "budget">,
  { trainingWays, trainingQueries, rate }: EpisodicOptions,
  loss: (weights: W, episode: Episode) => Scalar,
): FromEpisodes & { readonly state: Variables } {
  const ways = Math.min(trainingWays, task.trainingClasses);
  const perUpdate = ways * (task.shots + trainingQueries);
  const halving = Math.ceil(budget.images / perUpdate / 5);
  const optimiser = adam(network, { rate, schedule: (step) => 0.5 ** Math.floor(step / halving) });
  return {
    state: optimiser.state,
    trainsOn: "episodes",
    episodes: { ways, shots: task.shots, queries: trainingQueries, perUpdate: 1 },
    train: ([episode]) => ({ loss: optimiser.minimise((weights) => loss(weights, episode as Episode)) }),
  };
}
