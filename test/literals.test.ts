import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { kindIds } from "@metabench/core";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Where the names of kinds may stand: in tables with an entry for each kind, which the compiler checks, and in modules that serve one kind.
 * A new place in this list is a new place that every new kind has to visit.
 */
const places: readonly string[] = [
  // What the names mean.
  "packages/core/src/axes/",
  // What is written to disk: protocols, results, and readers of them.
  "packages/core/src/protocol/definition-schema.ts",
  "packages/core/src/protocol/definition.ts",
  "packages/core/src/protocol/protocol.ts",
  "packages/core/src/record/",
  "packages/core/src/testing/",
  // The typed interface of plugins.
  "packages/core/src/plugin/algorithm.ts",
  // Kinds of negative transfer, two of which bear the name of a regime.
  "packages/core/src/leaderboard/csv.ts",
  "packages/core/src/leaderboard/multi-task-transfer.ts",
  "packages/core/src/leaderboard/transfer-schema.ts",
  "packages/harness/src/cli/standings/cells.ts",
  "apps/leaderboard/src/table/transfer-columns.ts",
  // Methods and protocols of one kind.
  "packages/algorithms/src/multi-task/",
  "packages/datasets/src/protocols/",
  // Modules of one kind, and the table that chooses among them.
  "packages/harness/src/conformance/learners/",
  "packages/harness/src/conformance/subject.ts",
  "packages/harness/src/learner/learner-schemas.ts",
  "packages/harness/src/retest/retested-of.ts",
  "packages/harness/src/scoring/",
  "packages/harness/src/trial/answer-",
  "packages/harness/src/trial/conduct-",
  "packages/harness/src/wire/",
];

/** Modules that serve one kind: they refuse what belongs to another. */
const mayCompare: readonly string[] = [
  "packages/core/src/leaderboard/csv.ts",
  "packages/harness/src/scoring/classification.ts",
  "packages/harness/src/scoring/multi-task.ts",
  "packages/harness/src/scoring/regression.ts",
];

const names = kindIds.join("|");
const literal = new RegExp(`"(${names})"`, "g");
const comparison = new RegExp(`(===|!==) "(${names})"|"(${names})" (===|!==)`, "g");

const sources = globSync(["packages/*/src/**/*.ts", "apps/leaderboard/src/**/*.{ts,astro}"], { cwd: root })
  .filter((file) => !/\.test(-support)?\.ts$/.test(file))
  .map((file) => ({ file, text: readFileSync(`${root}${file}`, "utf8") }));

const filesWith = (pattern: RegExp) =>
  sources.filter(({ text }) => text.match(pattern) !== null).map(({ file }) => file);
const outside = (files: readonly string[], allowed: readonly string[]) =>
  files.filter((file) => !allowed.some((place) => file.startsWith(place)));

describe("the names of kinds of task", () => {
  it("are looked for in all sources", () => {
    expect(sources.length).toBeGreaterThan(400);
    expect(filesWith(literal).length).toBeGreaterThan(10);
  });

  it("stand in their own modules only", () => {
    expect(outside(filesWith(literal), places)).toEqual([]);
  });

  it("are compared in modules of one kind only: shared code asks the axes", () => {
    expect(outside(filesWith(comparison), mayCompare)).toEqual([]);
  });

  it("have no place in this list that does without them", () => {
    const files = filesWith(literal);
    expect(places.filter((place) => !files.some((file) => file.startsWith(place)))).toEqual([]);
    const compared = filesWith(comparison);
    expect(mayCompare.filter((place) => !compared.includes(place))).toEqual([]);
  });
});
