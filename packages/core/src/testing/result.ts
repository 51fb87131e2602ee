import { packCorrectness } from "../record/correctness.ts";
import type { TrialResult } from "../record/result.ts";
import { sha256Hex } from "../sampling/sha256.ts";

/** What both few-shot results have in common: the steps of the rows, and the test they are of. */
const frozen = (rows: readonly unknown[], episodes: string, steps = rows.map((_, step) => step)) => ({
  episodesHash: sha256Hex(episodes),
  steps,
  headlineStep: steps.at(-1) ?? 0,
  oneShot: rows.length === 1,
});

/** What a test states about a few-shot classification result beside its answers. */
export interface ClassifiedSketch {
  /** Adaptation step of each row. Default: 0, 1, 2 … */
  readonly steps?: number[];
  /** Queries of an episode. Default: 75. */
  readonly queries?: number;
  /** Whether predictions depend on other queries. Default: they do not. */
  readonly transductive?: boolean;
  /** A name of the test: results of one name have the same episodes. */
  readonly episodes?: string;
}

/**
 * A few-shot classification result; the headline is the last step.
 *
 * @param correct right answers of each episode, `[steps][episodes]`
 */
export function classified(
  correct: readonly (readonly number[])[],
  more: ClassifiedSketch = {},
): TrialResult {
  const queriesPerEpisode = more.queries ?? 75;
  const shares = (correct.at(-1) ?? []).map((right) => right / queriesPerEpisode);
  return {
    kind: "few-shot-classification",
    ...frozen(correct, more.episodes ?? "episodes", more.steps),
    queriesPerEpisode,
    correct: correct.map((row) => [...row]),
    precision: shares,
    recall: shares,
    f1: shares,
    transductive: more.transductive ?? false,
  };
}

/** A few-shot regression result from squared errors, `[steps][episodes]`, of 100 points each; the headline is the last step. */
export function regressed(squaredError: readonly (readonly number[])[]): TrialResult {
  return {
    kind: "few-shot-regression",
    ...frozen(squaredError, "functions"),
    queriesPerEpisode: 100,
    squaredError: squaredError.map((row) => [...row]),
  };
}

/** A multi-task result from the correctness of each example by task: 1 where the prediction was right, 0 elsewhere. */
export function multiTasked(tasks: Readonly<Record<string, readonly number[]>>): TrialResult {
  return {
    kind: "multi-task",
    examples: Object.values(tasks)[0]?.length ?? 0,
    tasks: Object.entries(tasks).map(([id, bits]) => {
      const accuracy = bits.reduce((sum, bit) => sum + bit, 0) / bits.length;
      const correct = packCorrectness(bits.map(Boolean));
      return { id, accuracy, precision: accuracy, recall: accuracy, f1: accuracy, correct };
    }),
    validation: {},
  };
}
