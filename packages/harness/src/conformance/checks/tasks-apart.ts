import type { Check } from "../check.ts";
import { contradicted } from "../difference.ts";
import { update } from "../update.ts";

/** What one test task taught is forgotten before the next. */
export const tasksApart: Check = {
  name: "tasks-apart",
  sentence: "Predictions for a test task do not depend on the test tasks before it.",
  applies: "all",
  look({ make }) {
    const specimen = make();
    update(specimen, 1);
    const first = specimen.ask();
    specimen.ask({ task: 1 });
    const again = specimen.ask();
    const of = contradicted(first, again);
    return of === undefined
      ? null
      : `The same task gets other answers (${of}) after another task was adapted to in between; start each adaptation from the same state, and fork streams by name inside adapt() (random.fork("head")) instead of drawing from a shared one.`;
  },
};
