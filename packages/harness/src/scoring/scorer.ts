import type { Metric, TrialResult } from "@metabench/core";
import type { AnswersMessage } from "../wire/index.ts";

/** What scoring adds to a record. */
export interface Scored {
  readonly result: TrialResult;
  readonly metrics: readonly Metric[];
}

/** Compares a trial's answers with the right ones. Lives in the parent process: a plugin cannot write its own accuracy. */
export interface Scorer {
  add(answers: AnswersMessage): void;
  /** @throws MetabenchError `contract-broken` where the test was not answered whole */
  finish(observed: { readonly transductive: boolean }): Scored;
}
