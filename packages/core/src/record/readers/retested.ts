import type { Retested } from "../robustness.ts";
import type { TrialResult } from "../result.ts";
import type { Items } from "./reader.ts";
import { meanCorrectness } from "./shared-examples.ts";

type Outcome = Exclude<Retested, { kind: "failed" }>;

/**
 * The headline's value on each test item of a changed test.
 *
 * @returns null where the outcome is not of the test that `result` is of
 */
export function itemsUnder(result: TrialResult, retested: Outcome): Items | null {
  switch (retested.kind) {
    case "few-shot-classification":
      return result.kind === retested.kind
        ? retested.correct.map((right) => right / result.queriesPerEpisode)
        : null;
    case "multi-task": {
      if (result.kind !== retested.kind) return null;
      const ids = (tasks: readonly { readonly id: string }[]) => tasks.map(({ id }) => id).join();
      return ids(retested.tasks) === ids(result.tasks)
        ? meanCorrectness({ tasks: retested.tasks, examples: result.examples })
        : null;
    }
  }
}
