import type { TrainingOptions } from "@metabench/core";
import { describe, expect, it } from "vitest";
import { trackedTraining } from "./tracked-training.ts";

const all: TrainingOptions = { clipNorm: 1, accumulate: 2, schedule: "linear", l1: 0.1, earlyStopping: 3 };

describe("training options of a trial", () => {
  it("are those asked for", () => {
    expect({ ...trackedTraining(all).training }).toEqual(all);
    expect(trackedTraining({}).training).toEqual({});
  });

  it("are refused, by name, where the learner did not look at them", () => {
    const asked = trackedTraining(all);
    expect(asked.training.clipNorm).toBe(1);
    expect(() => {
      asked.assertHeeded("mine", true);
    }).toThrow(
      expect.objectContaining({
        code: "invalid-options",
        message: expect.stringMatching(/mine .*accumulate, schedule, l1\. Leave --training out/),
      }),
    );
  });

  it("are taken where it looked at those that it has to heed; the others are no affair of its own", () => {
    const asked = trackedTraining({ ...all, mixup: 1, augmentation: ["flip"] });
    const { clipNorm, accumulate, schedule, l1 } = asked.training;
    expect([clipNorm, accumulate, schedule, l1]).toEqual([1, 2, "linear", 0.1]);
    expect(() => {
      asked.assertHeeded("mine", true);
    }).not.toThrow();
  });

  it("are all refused where nothing is trained, and none is where none was asked for", () => {
    expect(() => {
      trackedTraining({ earlyStopping: 1 }).assertHeeded("mine", false);
    }).toThrow(/mine does not train/);
    for (const trains of [true, false])
      expect(() => {
        trackedTraining({}).assertHeeded("mine", trains);
      }).not.toThrow();
  });
});
