import type { Retested } from "../robustness.ts";
import type { TrialResult } from "../result.ts";
import type { Items } from "./reader.ts";
import { ownExamplesReader } from "./own-examples.ts";
import { meanCorrectness } from "./shared-examples.ts";

const idsOf = ({ tasks }: { readonly tasks: readonly { readonly id: string }[] }) =>
  tasks.map(({ id }) => id).join();

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
    case "multi-task-own-examples":
      return result.kind === retested.kind && idsOf(retested) === idsOf(result)
        ? ownExamplesReader.headline({ ...result, tasks: retested.tasks })
        : null;
    case "multi-task": {
      if (result.kind !== retested.kind) return null;
      return idsOf(retested) === idsOf(result)
        ? meanCorrectness({ tasks: retested.tasks, examples: result.examples })
        : null;
    }
  }
}
