import type { Losses } from "@metabench/core";
import type { Check, Subject } from "../check.ts";
import { inScope } from "../../trial/scope.ts";
import type { Specimen } from "../specimen.ts";

function wrongLosses(specimen: Specimen, setting: Subject["plugin"]["setting"]): string | null {
  const { imagesPerUpdate } = specimen.learning;
  if (imagesPerUpdate === null) return null;
  if (!Number.isInteger(imagesPerUpdate) || imagesPerUpdate < 1)
    return `An update is to take ${String(imagesPerUpdate)} images; give ways, shots, queries and numbers a batch as whole numbers of at least 1.`;
  return inScope(() => {
    const losses: Losses = specimen.learning.update();
    const names = Object.keys(losses);
    if (names.length === 0)
      return "train() returned no losses; return { loss } with the scalar that it minimised.";
    if (setting === "multi-task" && [...names].sort().join() !== "column,row")
      return `train() returned losses called ${names.join(", ")} for tasks called row and column; return one a task, by the task's id.`;
    const wrong = Object.entries(losses).find(([, loss]) => loss.size !== 1);
    return wrong
      ? `Loss "${wrong[0]}" has shape [${wrong[1].shape.join(", ")}]; return the mean, a scalar.`
      : null;
  });
}

/** Losses are scalars, predictions have a row a query and a column a class. */
export const shapes: Check = {
  name: "shapes",
  sentence:
    "Losses are named scalars; predictions have one row a query and one column a class (an output), also for a single query, and (of a learner that trains) for fewer ways.",
  settings: ["few-shot-classification", "few-shot-regression", "multi-task"],
  look({ plugin, make }) {
    const specimen = make();
    const losses = wrongLosses(specimen, plugin.setting);
    if (losses !== null) return losses;
    specimen.ask();
    specimen.ask({ queries: [0] });
    // Only validation has fewer ways, and who does not train is not validated.
    if (plugin.setting === "few-shot-classification" && specimen.learning.imagesPerUpdate !== null)
      specimen.ask({ classOrder: [0, 1, 2] });
    return null;
  },
};
