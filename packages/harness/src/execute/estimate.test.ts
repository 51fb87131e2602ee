import type { TrialRecord } from "@metabench/core";
import { findProtocol } from "@metabench/datasets";
import { describe, expect, it } from "vitest";
import { failedRecord } from "../store/record.test-support.ts";
import { estimateSeconds } from "./estimate.ts";

const protocol = findProtocol("few-shot/omniglot-vinyals/5w1s").at("standard");
if (protocol.kind !== "few-shot-classification") throw new Error("It is of another kind.");
const base = failedRecord(0);
const spec = { ...base.spec, protocol, backbone: { ...base.spec.backbone, id: "conv4" } };

/** A trial that trained for 300 seconds and answered 1,000 episodes in 200. */
const record = {
  ...base,
  spec,
  status: "completed",
  cost: { ...base.cost, trainingSeconds: 300, testSeconds: 200 },
} as TrialRecord;

describe("the time a trial will take", () => {
  it("is what the same took before", () => {
    expect(estimateSeconds(spec, [record])).toBe(500);
  });

  it("grows with the budget and with the test, each by its own share", () => {
    const budget = { ...protocol.budget, images: protocol.budget.images * 2 };
    expect(estimateSeconds({ ...spec, protocol: { ...protocol, budget } }, [record])).toBe(800);
    expect(estimateSeconds({ ...spec, protocol: { ...protocol, testEpisodes: 500 } }, [record])).toBe(400);
  });

  it("says nothing of another backbone, of a failure, nor of another method", () => {
    const rough = estimateSeconds(spec, []);
    const backbone = { ...spec.backbone, id: "resnet-12" };
    const other = { ...spec, algorithm: { ...spec.algorithm, id: "another" } };
    for (const [asked, known] of [
      [spec, { ...record, spec: { ...spec, backbone } }],
      [spec, { ...record, status: "failed" }],
      [other, record],
    ] as const)
      expect(estimateSeconds(asked, [known as TrialRecord])).toBe(rough);
    expect(rough).toBeGreaterThan(60);
  });

  it("is more for a deeper backbone, as far as is known beforehand", () => {
    const backbone = { ...spec.backbone, id: "resnet-12" };
    expect(estimateSeconds({ ...spec, backbone }, [])).toBeGreaterThan(10 * estimateSeconds(spec, []));
  });
});
