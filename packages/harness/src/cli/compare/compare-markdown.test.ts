import { compareRecords, type CompareReport } from "@metabench/core";
import { buildRecord, classified } from "@metabench/core/testing";
import { describe, expect, it } from "vitest";
import { annotations } from "./annotations.ts";
import { compareMarkdown } from "./compare-markdown.ts";

/** Three seeds of a method; `right` of 75 queries. */
const trials = (label: string, right: number, algorithm = "maml") =>
  [0, 1, 2].map((seed) =>
    buildRecord({
      algorithm,
      seed,
      display: { label },
      outcome: classified([[right, right + seed, right + 1]]),
    }),
  );
const fallen = (label: string): CompareReport => compareRecords(trials(label, 60), trials(label, 40));

describe("a comparison as a comment", () => {
  it("says what fell, by how much, and can be found again", () => {
    const text = compareMarkdown(fallen("MAML"));
    expect(text).toMatch(/^<!-- metabench:gate:default -->\n### metabench: ❌ 1 of 1 cells fell/);
    expect(text).toMatch(
      /\| ❌ regression \| MAML · few-shot\/double-mnist-28\/5w1s \| 80\.9 % \| 54\.2 % \| 26\.7 \(/,
    );
    expect(text).toContain("(GATE-VERSION)");
  });

  it("shows names of strangers as text: no link, no mention, no end of a cell or a comment", () => {
    const text = compareMarkdown(fallen("a|b](http://x) @everyone <img src=x> `c`\n\n# d --> *e*"));
    const row = text.split("\n").filter((line) => line.startsWith("| ❌"));
    expect(row).toHaveLength(1);
    expect(row[0]?.split("|")).toHaveLength(10);
    expect(text).not.toMatch(/@everyone|<img|\]\(http|^# d/m);
  });

  it("stays below the length that a comment may have, and says what it left out", () => {
    const many = Array.from({ length: 500 }, (_, at) => `method-${String(at)}`);
    const of = (right: number) => many.flatMap((id) => trials(`${id} ${"x".repeat(150)}`, right, id));
    const text = compareMarkdown(compareRecords(of(60), of(40)));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/… \d+ more rows are in the JSON report/);
  });
});

describe("annotations", () => {
  it("are at most ten errors, each in one line", () => {
    const [line, ...more] = annotations(fallen("A, B: C\nD"));
    expect(more).toEqual([]);
    expect(line).toMatch(/^::error title=regression%3A A%2C B%3A C%0AD on [^\n]*::drop 26\.7[^\n]*$/);
  });
});
