import { buildRecord, classified } from "@metabench/core/testing";
import { findProtocol } from "@metabench/datasets";
import { describe, expect, it } from "vitest";
import { estimate, type Known } from "./estimate.ts";

const id = "few-shot/omniglot-vinyals/5w1s";
const protocol = findProtocol(id).at("standard");
if (protocol.kind !== "few-shot-classification") throw new Error("It is of another kind.");

/** A trial that trained for 300 seconds and answered its episodes in 200. */
const built = buildRecord({
  algorithm: "maml",
  outcome: classified([Array.from({ length: 30 }, () => 1)], { queries: 10, steps: [0] }),
  cost: { trainingSeconds: 300, testSeconds: 200 },
});
const spec = { ...built.spec, protocol, backbone: { ...built.spec.backbone, id: "conv4" } };
const record = { ...built, spec };
const { machine } = built.provenance;
const method = { id: "maml", role: "method" } as const;
const known = (rest: Partial<Known> = {}): Known => ({
  algorithm: method,
  data: {},
  records: [record],
  machine,
  ...rest,
});
/** Validations cost what the same number of test episodes cost: 200 seconds for all. */
const validated =
  ((1 + protocol.budget.images / protocol.budget.validateEvery) * protocol.validationEpisodes * 200) /
  protocol.testEpisodes;
/** Seconds to start a process. */
const start = 5;

describe("the time a trial will take", () => {
  it("is what the same took before, with its start and validations", () => {
    const { seconds, basis } = estimate(spec, known());
    expect(seconds).toBeCloseTo(start + 500 + validated);
    expect(basis).toBe("same-trial");
  });

  it("grows with the budget and with the test, each by its own share", () => {
    const { images, validateEvery } = protocol.budget;
    const budget = { images: images * 2, validateEvery: validateEvery * 2 };
    const doubled = estimate({ ...spec, protocol: { ...protocol, budget } }, known());
    expect(doubled.seconds).toBeCloseTo(start + 800 + validated);
    const halved = { ...protocol, testEpisodes: protocol.testEpisodes / 2 };
    expect(estimate({ ...spec, protocol: halved }, known()).seconds).toBeCloseTo(start + 400 + validated);
  });

  it("rests on the nearest records that there are, and says on which", () => {
    const elsewhere = { ...record.provenance, machine: { ...machine, cpu: "Another" } };
    const quick = findProtocol(id).at("quick");
    const other = { ...record, spec: { ...spec, protocol: quick } };
    const basis = (...records: Known["records"]) => estimate(spec, known({ records })).basis;
    expect(basis({ ...record, provenance: elsewhere })).toBe("another-machine");
    expect(basis({ ...record, provenance: elsewhere }, other)).toBe("same-method");
    expect(basis({ ...record, provenance: elsewhere }, other, record)).toBe("same-trial");
    expect(basis()).toBe("default");
  });

  it("learns nothing from another backbone, a failure, or another method", () => {
    const backbone = { ...spec.backbone, id: "resnet-12" };
    const failed = buildRecord({
      algorithm: "maml",
      outcome: { status: "failed", code: "trial-failed", message: "Made for a test. Nothing to do." },
    });
    const other = { ...record, spec: { ...spec, algorithm: { ...spec.algorithm, id: "another" } } };
    for (const one of [{ ...record, spec: { ...spec, backbone } }, { ...failed, spec }, other])
      expect(estimate(spec, known({ records: [one] })).basis).toBe("default");
    expect(estimate(spec, known({ records: [] })).seconds).toBeGreaterThan(60);
  });

  it("is more for a deeper backbone, as far as is known beforehand", () => {
    const backbone = { ...spec.backbone, id: "resnet-12" };
    const rough = known({ records: [] });
    expect(estimate({ ...spec, backbone }, rough).seconds).toBeGreaterThan(
      10 * estimate(spec, rough).seconds,
    );
  });

  it("does not grow with the budget for a control, which trains on nothing", () => {
    const budget = { ...protocol.budget, images: 10 ** 12 };
    const huge = { ...spec, protocol: { ...protocol, budget } };
    const seconds = (algorithm: Known["algorithm"]) =>
      estimate(huge, known({ algorithm, records: [] })).seconds;
    expect(seconds({ id: "chance", role: "control" })).toBeLessThan(10 * 60);
    // The reference adapts to each task, so its test takes longer than that of other controls.
    expect(seconds({ id: "from-scratch", role: "control" })).toBeGreaterThan(
      seconds({ id: "chance", role: "control" }),
    );
    const untrained = { ...record, cost: { ...record.cost, trainingSeconds: 0 } };
    expect(estimate(huge, known({ records: [untrained] })).seconds).toBe(start + 200);
  });
});
