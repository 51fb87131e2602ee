import type { MultiTaskProtocol } from "@metabench/core";

/** The protocol by which multi-task learners are checked. */
export const multiTaskProtocol = {
  kind: "multi-task",
  id: "conformance/grid",
  version: 1,
  title: "Grid",
  summary: "Generated patterns as cells of a grid.",
  tier: "quick",
  division: "open",
  dataset: { id: "grid", options: {} },
  backbone: { id: "lenet", options: {} },
  budget: { images: 100_000, validateEvery: 100_000 },
  seeds: 1,
} as const satisfies MultiTaskProtocol;
