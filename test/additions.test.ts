import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const guide = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
const section = /### How many files an addition touches\n([^]*?)\n## /.exec(guide)?.[1] ?? "";
const additions = [...section.matchAll(/^\| (an? [a-z ]+?) +\| (\d+) +\| (.*?) *\|$/gm)].map(
  ([, addition = "", count, which = ""]) => ({
    addition,
    count: Number(count),
    files: [...which.matchAll(/`([^`]+)`/g)].map(([, file = ""]) => file),
  }),
);

describe("the table of files that an addition touches", () => {
  it("has every kind of addition", () => {
    expect(additions.map(({ addition }) => addition.replace(/^an? /, "")).sort()).toEqual([
      "algorithm",
      "backbone",
      "data set",
      "flag",
      "input",
      "metric",
      "protocol",
      "regime",
      "target",
      "weighting",
    ]);
  });

  it.each(additions)("counts the files of $addition, which are there", ({ count, files }) => {
    expect(new Set(files).size).toBe(count);
    for (const file of files)
      expect({ file, there: existsSync(join(root, file.includes("<") ? dirname(file) : file)) }).toEqual({
        file,
        there: true,
      });
  });
});
