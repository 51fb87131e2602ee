import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { metabench, recordOf, workingFolder } from "./command-line.test-support.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");
const builtIn = async (...args: readonly string[]) => {
  const script = join(root, "scripts/built-in.mjs");
  const { exitCode, stderr } = await execa(process.execPath, [script, ...args], { reject: false });
  return { code: exitCode, note: stderr };
};

describe("README.md", () => {
  it("lists what is built in", async () => {
    expect(await builtIn("--check")).toEqual({ code: 0, note: "" });
  });

  it("is found stale when a method is missing, and mended by the script", async () => {
    const stale = readme.replace(/\[`maml`\]\([^)]*\), /, "");
    expect(stale).not.toBe(readme);
    const page = join(workingFolder({ "page.md": stale }), "page.md");
    expect(await builtIn("--out", page, "--check")).toMatchObject({
      code: 1,
      note: expect.stringMatching(/does not agree .* Run npm run built-in/) as string,
    });
    expect(await builtIn("--out", page)).toMatchObject({ code: 0 });
    expect(readFileSync(page, "utf8")).toMatch(/\| methods, few-shot classification .*\[`maml`\]\(/);
  });

  it("holds a method that runs as the page says", async () => {
    const [, method = ""] = /```ts\n(.*?)```/s.exec(readme) ?? [];
    const [, command = ""] = /npx metabench (run .* --budget 2000 --episodes 10)\n/.exec(readme) ?? [];
    const folder = workingFolder({ "my-method.ts": method });
    const { code, out, note } = await metabench(folder, `${command} --store kept`);
    expect(code, note).toBe(0);
    expect(out).toMatch(/My method .*From scratch/s);
    expect(recordOf(join(folder, "kept"), "my-method").status).toBe("completed");
  });
});
