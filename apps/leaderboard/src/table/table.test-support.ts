import { headlineOf, type Row, type Table } from "@metabench/core";
import { findProtocol } from "@metabench/core/testing";

type Score = NonNullable<Row["score"]>;

/** A score of so many seeds, 0.01 to either side. */
export const scored = (mean: number, seeds = 1, more: Partial<Score> = {}): Score => ({
  mean,
  low: mean - 0.01,
  high: mean + 0.01,
  basis: seeds === 1 ? "episode noise only" : "seeds and episodes",
  method: "student-t",
  degreesOfFreedom: 10,
  seeds,
  items: 100,
  components: null,
  ...more,
});

/** A row of an algorithm with nothing in it but what a test is about. */
export function rowOf(
  id: string,
  { label = id, ...row }: Partial<Row> & { readonly label?: string } = {},
): Row {
  const seeds = Array.from({ length: row.score?.seeds ?? 1 }, (_, seed) => ({
    seed,
    identity: `${id}-${String(seed)}`,
    status: "completed" as const,
    score: row.score?.mean ?? null,
    error: null,
  }));
  return {
    id,
    algorithm: {
      id,
      version: "1.0.0",
      options: {},
      source: null,
      title: label,
      label,
      summary: "Made up.",
      role: "method",
      reference: null,
    },
    training: null,
    triedSettings: null,
    seeds,
    superseded: [],
    score: null,
    spread: null,
    place: null,
    toBest: null,
    adaptation: null,
    classification: null,
    tasks: [],
    metrics: {},
    transfer: { kind: "none", code: "no-reference", reason: "Made up." },
    robustness: [],
    cost: null,
    learningCurves: [],
    flags: [],
    finishedAt: "2026-01-01T00:00:00Z",
    ...row,
  };
}

/** A table of these rows. */
export function tableOf(
  rows: readonly Row[],
  more: Partial<Table> = {},
  id = "few-shot/double-mnist-28/5w1s",
): Table {
  const protocol = findProtocol(id).at("quick");
  return {
    id: `${id}/v1/quick`,
    protocol,
    dataset: {
      id: "data",
      version: "1.0.0",
      contentHash: "c".repeat(64),
      title: "Data",
      summary: "Made up.",
      licence: { name: "CC0", url: "https://example.org/" },
    },
    backbone: { id: "backbone", version: "1.0.0", title: "Backbone" },
    episodesHash: "e".repeat(64),
    items: 100,
    transductive: false,
    notComparable: null,
    headline: headlineOf(protocol),
    rows: [...rows],
    pairs: [],
    pareto: [],
    ...more,
  };
}
