import { parseTrainingOptions, type JsonObject, type TrainingOptions } from "@metabench/core";
import { expect, it } from "vitest";
import { own, specOf } from "../../execute/command.test-support.ts";
import { commandOf } from "../../execute/index.ts";
import { trainingSetting } from "./training.ts";

it("reads back what the command of a trial asks of training", () => {
  const training: TrainingOptions = {
    clipNorm: 0.5,
    accumulate: 2,
    schedule: "cosine",
    l1: 1e-7,
    mixup: 0.2,
    augmentation: ["flip", "crop"],
    earlyStopping: 3,
  };
  const command = commandOf({ ...specOf({}), training }, own);
  const words = [...command.matchAll(/--training (\S+)/g)].map(([, word]) => word ?? "");
  const read = words.reduce<JsonObject>((earlier, word) => trainingSetting(word, earlier), {});
  expect(parseTrainingOptions(read)).toEqual(training);
});
