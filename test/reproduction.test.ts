import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { TrialRecord } from "@metabench/core";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { workingFolder } from "./command-line.test-support.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const script = join(root, "scripts/reproduction.mjs");
const reproduction = async (...args: readonly string[]) => {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [script, ...args], { reject: false });
  return { code: exitCode, out: stdout, note: stderr };
};

describe("docs/reproduction.md", () => {
  it("is what the records that come with the repository give", async () => {
    const { code, note } = await reproduction("--check");
    expect({ code, note }).toEqual({ code: 0, note: "" });
  });

  it("changes with the records, and is found stale then", async () => {
    const records = readdirSync(join(root, "results")).filter((name) => name.endsWith(".json"));
    const folder = workingFolder({
      "store/README.md": "",
      "page.md": "Before.\n\n<!-- reproduction: begin -->\n<!-- reproduction: end -->\n\nAfter.\n",
    });
    const first =
      records.find((name) => {
        const { spec } = JSON.parse(readFileSync(join(root, "results", name), "utf8")) as TrialRecord;
        return spec.protocol.division === "closed";
      }) ?? "";
    copyFileSync(join(root, "results", first), join(folder, "store", first));
    const page = join(folder, "page.md");
    const args = ["--store", join(folder, "store"), "--out", page];
    expect(await reproduction(...args, "--check")).toMatchObject({
      code: 1,
      note: expect.stringMatching(/does not agree with the records\. Run npm run reproduction/) as string,
    });
    expect(await reproduction(...args)).toMatchObject({ code: 0 });
    expect(readFileSync(page, "utf8")).toMatch(/^Before\.\n.*\n\| method .*\nAfter\.\n$/s);
    expect(await reproduction(...args, "--check")).toMatchObject({ code: 0 });
  });

  it("says what to do with a flag it does not know and with a page without marks", async () => {
    expect(await reproduction("--bogus")).toMatchObject({
      code: 1,
      note: expect.stringMatching(/Usage: /) as string,
    });
    const folder = workingFolder({ "page.md": "Nothing.\n" });
    expect(await reproduction("--out", join(folder, "page.md"))).toMatchObject({
      code: 1,
      note: expect.stringMatching(/lacks the lines/) as string,
    });
  });
});
