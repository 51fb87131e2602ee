import { expect, it } from "vitest";
import { findProtocol } from "../testing/protocols.ts";
import { trialIdentity } from "./identity.ts";
import type { TrialSpec } from "./trial-spec.ts";

const versioned = { id: "x", version: "1.0.0", options: {}, source: null };
const spec: TrialSpec = {
  schemaVersion: 1,
  protocol: findProtocol("few-shot/sinusoid/10-shot").at("quick"),
  algorithm: { ...versioned, options: { a: 1, b: 2 } },
  dataset: { ...versioned, contentHash: "0".repeat(64) },
  backbone: versioned,
  seed: 0,
  reference: null,
};

it("is 64 hexadecimal digits that do not depend on the order of fields", () => {
  expect(trialIdentity(spec)).toMatch(/^[0-9a-f]{64}$/);
  const reordered = { ...spec, algorithm: { ...spec.algorithm, options: { b: 2, a: 1 } } };
  expect(trialIdentity(reordered)).toBe(trialIdentity(spec));
});

it("leaves wording and the number of seeds alone", () => {
  const reworded = { ...spec.protocol, title: "Other words", summary: "Other words.", seeds: 9 };
  expect(trialIdentity({ ...spec, protocol: reworded })).toBe(trialIdentity(spec));
});

it.each<[string, Partial<TrialSpec>]>([
  ["the seed", { seed: 1 }],
  ["an option", { algorithm: { ...spec.algorithm, options: { a: 1, b: 3 } } }],
  ["a version", { backbone: { ...versioned, version: "1.0.1" } }],
  ["the data", { dataset: { ...spec.dataset, contentHash: "1".repeat(64) } }],
  ["the budget", { protocol: { ...spec.protocol, budget: { images: 1, validateEvery: 1 } } }],
  ["the division", { protocol: { ...spec.protocol, division: "open" } }],
  ["the reference", { reference: "1".repeat(64) }],
])("changes with %s", (_, change) => {
  expect(trialIdentity({ ...spec, ...change })).not.toBe(trialIdentity(spec));
});
