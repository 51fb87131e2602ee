import { expect, it } from "vitest";
import { findProtocol } from "../testing/protocols.ts";
import { trialSpecSchema } from "./trial-spec.ts";

const versioned = { id: "x", version: "1.0.0", options: {}, source: null };
const of = (id: string) => ({
  schemaVersion: 1,
  protocol: findProtocol("few-shot/sinusoid/10-shot").at("quick"),
  algorithm: { ...versioned, id },
  dataset: { ...versioned, contentHash: "0".repeat(64) },
  backbone: versioned,
  seed: 0,
  reference: null,
});

it("names an algorithm as a plugin is named, since a page is named for it", () => {
  expect(trialSpecSchema.safeParse(of("proto-maml")).success).toBe(true);
  for (const id of ["../index", "a/b", "", "A b", "<script>"])
    expect(trialSpecSchema.safeParse(of(id)).error?.issues[0]?.path, id).toEqual(["algorithm", "id"]);
});
