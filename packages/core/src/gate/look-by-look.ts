import { decide, type Look, type Question } from "./decide.ts";
import { looks } from "./levels.ts";
import type { SeedScores } from "./seed-tests.ts";

/** The first look that decides, or the last, with the number of candidate seeds it took. */
export interface Decision extends Look {
  readonly seeds: number;
}

/**
 * Looks at the candidate's seeds in their order, at 1, 2, 3, 5 and 8 of them, until a look decides.
 *
 * @param candidate at least one seed; a look that there are too few seeds for is left out
 */
export function decideLookByLook(baseline: SeedScores, candidate: SeedScores, question: Question): Decision {
  const ordered = [...candidate].sort(([a], [b]) => a - b);
  const possible = looks.filter((seeds) => seeds <= ordered.length);
  let decision: Decision | undefined;
  for (const seeds of possible) {
    decision = { ...decide(baseline, new Map(ordered.slice(0, seeds)), question), seeds };
    if (decision.verdict !== "inconclusive") break;
  }
  if (!decision) throw new RangeError("A candidate has at least one seed.");
  return decision;
}
