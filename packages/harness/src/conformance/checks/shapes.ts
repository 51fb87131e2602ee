import { appliesTo, type Check } from "../check.ts";
import type { Specimen } from "../specimen.ts";
import { update } from "../update.ts";

function wrongLosses(specimen: Specimen): string | null {
  const [losses] = update(specimen, 1);
  if (losses === undefined) return null;
  const names = Object.keys(losses);
  if (names.length === 0)
    return "train() returned no losses; return { loss } with the scalar that it minimised.";
  const { tasks } = specimen;
  if (tasks !== null && [...names].sort().join() !== [...tasks].sort().join())
    return `train() returned losses called ${names.join(", ")} for tasks called ${tasks.join(" and ")}; return one per task, named by the task's id.`;
  return null;
}

/** Losses are scalars; predictions have one row per query and one column per class. */
export const shapes: Check = {
  name: "shapes",
  sentence:
    "Losses are named scalars; predictions have one row per query and one column per class (or output), also for a single query and, if the learner trains, for fewer ways.",
  applies: "all",
  look({ plugin, make }) {
    const specimen = make();
    const losses = wrongLosses(specimen);
    if (losses !== null) return losses;
    specimen.ask();
    specimen.ask({ queries: [0] });
    // Only validation has fewer ways, and who does not train is not validated.
    if (appliesTo("labelling", plugin.setting) && specimen.learning.imagesPerUpdate !== null)
      specimen.ask({ classOrder: [0, 1, 2] });
    return null;
  },
};
