import { describe, expect, it } from "vitest";
import { findProtocol } from "../testing/protocols.ts";
import { trialIdentity } from "../record/identity.ts";
import { trialSpecSchema, type TrialSpec } from "../record/trial-spec.ts";
import { changesTrainingImages, describeTraining, parseTrainingOptions } from "./training-options.ts";

describe("training options", () => {
  it("are kept as given, augmentation each once and in one order", () => {
    const given = { clipNorm: 1, accumulate: 4, schedule: "cosine", l1: 1e-4, mixup: 0.2, earlyStopping: 3 };
    expect(parseTrainingOptions(given)).toEqual(given);
    expect(parseTrainingOptions({ augmentation: ["scale", "flip", "scale"] })).toEqual({
      augmentation: ["flip", "scale"],
    });
  });

  it("are dropped where they ask for nothing, so that they make no other trial", () => {
    expect(parseTrainingOptions({ accumulate: 1, l1: 0 })).toEqual({});
    expect(parseTrainingOptions({})).toEqual({});
  });

  it.each([
    { clipNorm: 0 },
    { accumulate: 1.5 },
    { schedule: "cosin" },
    { l1: -1 },
    { mixup: 0 },
    { augmentation: [] },
    { augmentation: ["blur"] },
    { earlyStopping: 0 },
    { rate: 1 },
  ])("are refused when wrong: %j", (wrong) => {
    expect(() => parseTrainingOptions(wrong)).toThrow(
      expect.objectContaining({
        code: "invalid-options",
        message: expect.stringContaining(Object.keys(wrong)[0] ?? ""),
      }),
    );
  });

  it("open the division where they change what is learned from, and only there", () => {
    expect(changesTrainingImages({ mixup: 0.2 })).toBe(true);
    expect(changesTrainingImages({ augmentation: ["flip"] })).toBe(true);
    expect(changesTrainingImages({ clipNorm: 1, accumulate: 2, l1: 1, earlyStopping: 1 })).toBe(false);
  });

  it("are told in words", () => {
    expect(describeTraining({})).toBe("");
    expect(describeTraining({ clipNorm: 1, schedule: "step", augmentation: ["flip", "crop"] })).toBe(
      "clipped at 1, step schedule, flip and crop",
    );
  });
});

describe("a spec", () => {
  const versioned = { id: "x", version: "1.0.0", options: {}, source: null };
  const spec: TrialSpec = {
    schemaVersion: 1,
    protocol: findProtocol("few-shot/sinusoid/10-shot").at("quick"),
    algorithm: versioned,
    dataset: { ...versioned, contentHash: "0".repeat(64) },
    backbone: versioned,
    seed: 0,
    reference: null,
  };

  it("has the identity it always had where nothing was asked for, and another with every option", () => {
    // As it was before there were training options.
    expect(trialIdentity(spec)).toBe("30955d41ce4052b20a27765957f16729acf23edbd6bc31e58e07862a11ed191c");
    const identities = [
      { clipNorm: 1 },
      { clipNorm: 2 },
      { accumulate: 2 },
      { schedule: "constant" as const },
      { l1: 0.1 },
      { mixup: 1 },
      { augmentation: ["flip" as const] },
      { earlyStopping: 1 },
    ].map((training) => trialIdentity({ ...spec, training }));
    expect(new Set([...identities, trialIdentity(spec)]).size).toBe(identities.length + 1);
  });

  it("holds options or no such field, and they are read strictly", () => {
    expect(trialSpecSchema.safeParse(spec).success).toBe(true);
    expect(trialSpecSchema.safeParse({ ...spec, training: { l1: 0.1 } }).success).toBe(true);
    for (const training of [{}, { rate: 1 }, null, { clipNorm: "1" }])
      expect(trialSpecSchema.safeParse({ ...spec, training }).success).toBe(false);
  });
});
