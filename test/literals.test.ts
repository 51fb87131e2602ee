import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dataKinds, inputIds, kindIds, regimeIds, targetIds } from "@metabench/core";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const sources = globSync(["packages/*/src/**/*.ts", "apps/leaderboard/src/**/*.{ts,astro}"], { cwd: root })
  .filter((file) => !/\.(test|test-support)\.ts$|\/golden\//.test(file))
  .sort()
  .map((file) => ({ file, text: readFileSync(`${root}/${file}`, "utf8") }));

/** Not looked at for allowances that nobody needs, since these files are being rid of comparisons. */
const shrinking = [
  "packages/harness/src/conformance/data/own-tasks.ts",
  "packages/harness/src/conformance/learners/own-tasks.ts",
  "packages/harness/src/conformance/subject.ts",
  "packages/harness/src/conformance/checks/shapes.ts",
];

/** Whose business a comparison is: modules of one kind, and the places where a kind is mapped to its modules. */
const rules: readonly {
  readonly name: string;
  readonly literals: readonly string[];
  readonly allowed: readonly string[];
}[] = [
  {
    name: "kinds and regimes",
    literals: [...kindIds, ...regimeIds],
    allowed: [
      "packages/core/src/leaderboard/csv.ts",
      "packages/core/src/record/agreement/retested.ts",
      "packages/core/src/record/metrics/metrics-under.ts",
      "packages/core/src/record/readers/retested.ts",
      "packages/harness/src/cli/standings/cells.ts",
      "packages/harness/src/cli/standings/notes.ts",
      "packages/harness/src/retest/retested-of.ts",
      "packages/harness/src/scoring/classification.ts",
      "packages/harness/src/scoring/multi-task.ts",
      "packages/harness/src/scoring/regression.ts",
      "packages/harness/src/scoring/test.ts",
      ...shrinking,
    ],
  },
  {
    name: "inputs and targets",
    literals: [...inputIds, ...targetIds],
    allowed: [
      "packages/algorithms/src/multi-task/controls/closed-form.ts",
      "packages/algorithms/src/multi-task/task-losses.ts",
      "packages/core/src/record/agreement/multi-task.ts",
      "packages/core/src/record/metrics/multi-task.ts",
      "packages/core/src/record/readers/own-examples.ts",
      "packages/harness/src/learner/input-reader.ts",
      "packages/harness/src/learner/task-batches.ts",
      "packages/harness/src/learner/task-learning.ts",
      "packages/harness/src/learner/task-specs.ts",
      "packages/harness/src/prepare/layouts/task-examples.ts",
      "packages/harness/src/scoring/own-examples.ts",
      "packages/harness/src/scoring/task-examples-test.ts",
      "packages/harness/src/scoring/tests.ts",
      "packages/harness/src/trial/conduct-task-examples.ts",
      ...shrinking,
    ],
  },
  {
    name: "kinds of data",
    literals: Object.keys(dataKinds),
    allowed: [
      "packages/core/src/plugin/content.ts",
      "packages/harness/src/plugins/blamed-plugin.ts",
      "packages/harness/src/scoring/own-examples.ts",
      "packages/harness/src/scoring/test.ts",
      "packages/harness/src/trial/open-conduct.ts",
    ],
  },
];

/** `=== "x"`, `"x" !==`, `case "x":`, `["x"].includes(…)` and `….includes("x")`, in either quotes. */
const comparisonWith = (literals: readonly string[]) => {
  const literal = `["'\`](?:${literals.join("|")})["'\`]`;
  const equals = "(?:===?|!==?)";
  return new RegExp(
    `${equals}\\s*${literal}|${literal}\\s*${equals}|\\bcase\\s+${literal}\\s*:|\\.(?:includes|has)\\(\\s*${literal}`,
  );
};

describe("shared code asks a property of an axis, and compares no kinds", () => {
  it.each(rules)("$name are compared only by modules that own them", ({ literals, allowed }) => {
    const pattern = comparisonWith(literals);
    const found = sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file);
    const owners = (file: string) => allowed.includes(file) || file.startsWith("packages/core/src/axes/");
    expect(found.filter((file) => !owners(file))).toEqual([]);
    expect(allowed.filter((file) => !found.includes(file) && !shrinking.includes(file))).toEqual([]);
  });

  it.each(['kind === "multi-task"', '"vector" !== input', 'case "class":', 'kinds.has("multi-task")'])(
    "%s is a comparison",
    (text) => {
      expect(rules.some(({ literals }) => comparisonWith(literals).test(text))).toBe(true);
    },
  );

  it.each(['kind: "multi-task"', 'AlgorithmPlugin<"multi-task">', '"few-shot-regression": reader'])(
    "%s is none",
    (text) => {
      expect(rules.some(({ literals }) => comparisonWith(literals).test(text))).toBe(false);
    },
  );
});

describe("names of kinds", () => {
  // As many as there were when this test was written; a new kind should not have to visit more places than these.
  it.each([
    ["few-shot-classification", 34],
    ["few-shot-regression", 30],
    ["multi-task", 60],
  ])("%s stands at most %i times in sources outside conformance", (kind, most) => {
    const count = sources
      .filter(({ file }) => !file.startsWith("packages/harness/src/conformance/"))
      .reduce((sum, { text }) => sum + text.split(`"${kind}"`).length - 1, 0);
    expect(count).toBeLessThanOrEqual(most);
    expect(count).toBeGreaterThan(0);
  });
});
