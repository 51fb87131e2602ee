import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const files = [
  ...globSync(["*.md", "docs/*.md", "packages/*/README.md"], { cwd: root }),
  ...globSync(["apps/leaderboard/src/**/*.{astro,ts}", "packages/harness/src/cli/**/*.ts"], { cwd: root }),
].filter((file) => !/CHANGELOG|\.test\.ts$/.test(file));

/** Sentences that say that a method's process does not get the answers of its test. */
const claims = [
  /not sent the (test labels|right answers)/g,
  /(never|not) (receives?|sees?|gets?|reach(es)?|knows?) (the )?(test labels|right answers)/g,
  /test labels never/g,
  /contains no test data/g,
  /queries without (their )?labels/g,
  /without labels\. The parent/g,
];

/** How far behind a claim its reservation may stand, characters. */
const beside = 320;

const claimsIn = (file: string) => {
  const text = readFileSync(`${root}/${file}`, "utf8").replace(/\s+/g, " ");
  return claims.flatMap((claim) =>
    [...text.matchAll(claim)].map(({ index }) => ({ file, passage: text.slice(index, index + beside) })),
  );
};

describe("a claim that labels of the test are kept from plugins", () => {
  const found = files.flatMap(claimsIn);

  it("stands in the documentation", () => {
    expect(new Set(found.map(({ file }) => file))).toEqual(
      new Set(["README.md", "SECURITY.md", "docs/cli.md", "docs/plugins.md", "docs/protocols.md"]),
    );
  });

  it.each(found)("in $file has beside it what a plugin could still do", ({ passage }) => {
    expect(passage).toMatch(/no sandbox.*could still read .*disk/);
  });
});
