import type { Row, TrainingSetting } from "@metabench/core";
import { plural } from "../format/number.ts";
import { trainedOn } from "../format/training.ts";
import { missing } from "./cell.ts";
import type { Column } from "./column.ts";

/** How much an update sees: what the column is sorted by. */
function sizeOf(training: TrainingSetting): number {
  switch (training.on) {
    case "episodes":
      return training.perUpdate * training.ways * (training.shots + training.queries);
    case "functions":
      return training.perUpdate * training.shots;
    case "labelled-images":
    case "labelled-examples":
      return training.batchSize;
    case "nothing":
      return 0;
  }
}

/** What an update of the method is trained on, and how many settings of its options were tried. */
export const trainingColumn: Column = {
  key: "trained-on",
  head: "Trained on",
  // Said once, not in every row: hardly a row tries more.
  unit: "one setting tried, unless stated",
  anchor: "training-setting",
  better: null,
  cell({ training, triedSettings }: Row) {
    if (!training) return missing("failed");
    const [figure, detail] = trainedOn(training);
    return {
      figure,
      ...(detail !== undefined && { detail }),
      ...(triedSettings !== null &&
        triedSettings > 1 && { words: `${plural(triedSettings, "setting")} tried` }),
      sort: sizeOf(training),
    };
  },
};
