import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { start, workingFolder } from "./command-line.test-support.ts";

// Five seeds of a full tier, one after the other: an hour by the rough estimate that an empty store allows.
const long = "run --protocol few-shot/sinusoid/5-shot --tier full --algorithm maml --jobs 1 --store kept";

/** Has the process believe that someone sits before it. */
const terminal = `
  import process from "node:process";
  process.stdin.isTTY = true;
  process.stderr.isTTY = true;
  process.env.TERM = "xterm";
  delete process.env.CI;`;

describe("a run that takes long, and is not agreed to", () => {
  it.each([
    ["by the answer no", "", "n\n"],
    ["by the answer no, with JSON", " --json", "n\n"],
    ["by the end of the input", " --json", ""],
  ])("%s, is not run, and says so by its exit code", async (_, flags, answer) => {
    const folder = workingFolder({ "terminal.mjs": terminal });
    const preload = pathToFileURL(join(folder, "terminal.mjs")).href;
    const running = start(folder, long + flags, { NODE_OPTIONS: `--import=${preload}` });
    running.stdin.end(answer);
    const { exitCode, stdout, stderr } = await running;
    expect(stderr).toMatch(/This takes about .* Start\? \[Y\/n\].*Nothing was run\..*--yes/s);
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: "" });
    const kept = join(folder, "kept");
    expect(existsSync(kept) ? readdirSync(kept).filter((name) => name.endsWith(".json")) : []).toEqual([]);
  });
});
