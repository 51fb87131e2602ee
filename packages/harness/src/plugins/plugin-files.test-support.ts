import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { execa } from "execa";

/** A folder outside the repository with these files; gone after the test. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "metabench-plugin-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Text of a plugin, in JavaScript that is TypeScript too. */
export function algorithmText(
  id: string,
  { regime = "multi-task", target = "class", before = "", summary = '"Answers at random."' } = {},
): string {
  return `
import { z } from "zod";
import { defineAlgorithm } from "@metabench/core";
${before}
export default defineAlgorithm({
  id: "${id}", version: "1.0.0", title: "Mine", summary: ${summary}, reference: null, regime: "${regime}", target: "${target}",
  options: z.strictObject({ rate: z.number().default(0.1) }),
  create: () => { throw new Error("not needed here"); },
});
`;
}

/** What a child process says of loading plugins: what it found, or the error. */
export interface ChildAnswer {
  readonly value?: unknown;
  readonly error?: { readonly code: string; readonly message: string; readonly cause: string };
  readonly stderr: string;
}

/**
 * Evaluates an expression over the `plugins` room in a process of its own, with Node's own module loader (the test runner's
 * would load plugins its own way), and returns what it came to.
 */
export async function inChild(expression: string): Promise<ChildAnswer> {
  const room = new URL("./index.ts", import.meta.url).href;
  const script = `
    const room = await import(${JSON.stringify(room)});
    const { installResolution, importPlugin, loadPlugins } = room;
    try { console.log(JSON.stringify({ value: await (async () => (${expression}))() })); }
    catch (error) { console.log(JSON.stringify({ error: { code: error.code, message: error.message, cause: String(error.cause) } })); }`;
  const { stdout, stderr } = await execa(process.execPath, ["--input-type=module", "--eval", script]);
  return { ...(JSON.parse(stdout) as Pick<ChildAnswer, "value" | "error">), stderr };
}
