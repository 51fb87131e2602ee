import type { TrainingExamples } from "../../learner/index.ts";
import { image, normalisation, patternImages } from "./images.ts";

const [rows, columns, perClass] = [3, 4, 20];
const classNames = Array.from({ length: rows * columns }, (_, at) => `grid${String(at).padStart(2, "0")}`);
const classOf = (at: number) => Math.floor(at / perClass);

function split(copies: number): TrainingExamples["splits"]["train"] {
  const examples = classNames.length * copies;
  const label = (of: (pattern: number) => number) =>
    Uint8Array.from({ length: examples }, (_, at) => of(classOf((at * perClass) / copies)));
  return {
    images: patternImages(classNames, copies),
    targets: { row: label((at) => Math.floor(at / columns)), column: label((at) => at % columns) },
  };
}

/** Twelve patterns as cells of a grid: one task tells the row, the other the column. */
export const gridTasks = (): TrainingExamples => ({
  image,
  normalisation,
  tasks: [
    { id: "row", kind: "classification", classes: rows },
    { id: "column", kind: "classification", classes: columns },
  ],
  splits: { train: split(perClass), validation: split(2) },
});
