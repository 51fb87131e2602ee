import type { Protocol } from "@metabench/core";
import { observeOperations } from "./observe-operations.ts";
import { operationClock } from "./operation-clock.ts";
import type { Conduct } from "./conduct.ts";
import { inScope, lossesOf, type Learning } from "../learner/index.ts";
import type { PhaseProfile, TestMessage } from "../wire/index.ts";

/** Updates that are timed (fewer if the budget has fewer), and untimed updates before them, since first calls are slower. */
const updates = { timed: 50, before: 5 };

function update({ update }: Learning): void {
  inScope(() => {
    // As in training: a loss that nobody reads may not have been computed yet.
    lossesOf(update());
  });
}

/** How many updates go before those that are timed, and how many are: no more in all than the budget has. */
function share(
  budget: Protocol["budget"],
  perUpdate: number,
): { readonly before: number; readonly timed: number } {
  const total = Math.max(1, Math.floor(budget.images / perUpdate));
  const before = Math.min(updates.before, total - 1);
  return { before, timed: Math.min(updates.timed, total - before) };
}

/**
 * Times, by operation, a learner's first updates, a look at the validation split, and its answers to a test. A learner that does not
 * train is only tested. Nothing is selected and nothing is stored.
 */
export async function profile(
  { learning, answer }: Conduct,
  budget: Protocol["budget"],
  test: TestMessage,
): Promise<readonly PhaseProfile[]> {
  const clock = operationClock();
  observeOperations(clock);
  const phases: PhaseProfile[] = [];
  if (learning.imagesPerUpdate !== null) {
    const { before, timed } = share(budget, learning.imagesPerUpdate);
    for (let done = 0; done < before; done += 1) update(learning);
    clock.lap();
    for (let done = 0; done < timed; done += 1) update(learning);
    phases.push({ phase: "training", repetitions: timed, ...clock.lap() });
    learning.validate();
    phases.push({ phase: "validation", repetitions: 1, ...clock.lap() });
  }
  clock.lap();
  await answer(test, async () => Promise.resolve());
  const repetitions = "episodes" in test ? test.episodes.length : 1;
  phases.push({ phase: "testing", repetitions, ...clock.lap() });
  return phases;
}
