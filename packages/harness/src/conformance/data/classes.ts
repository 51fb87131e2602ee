import type { TrainingImages } from "../../learner/index.ts";
import { image, normalisation, patternImages } from "./images.ts";

const names = (split: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${split}${String(at).padStart(2, "0")}`);

function split(name: string, classes: number, perClass: number): TrainingImages["splits"]["train"] {
  const classNames = names(name, classes);
  return {
    images: patternImages(classNames, perClass),
    labels: Uint16Array.from({ length: classes * perClass }, (_, at) => Math.floor(at / perClass)),
    classNames,
  };
}

/** Classes of patterns to train on, enough for the usual 60-way episodes. */
export const classesOfPatterns = (): TrainingImages => ({
  image,
  normalisation,
  splits: { train: split("train", 64, 32), validation: split("validation", 8, 8) },
});

/** Test tasks, one after the other: classes of five, each with images for the support and then for the queries. */
export const testTasks = { count: 2, ways: 5, supportPerClass: 3, queriesPerClass: 4 } as const;

/** The images of {@link testTasks}. */
export const testPatterns = (): Uint8Array =>
  patternImages(
    names("test", testTasks.count * testTasks.ways),
    testTasks.supportPerClass + testTasks.queriesPerClass,
  );
