import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { metabench, workingFolder } from "./command-line.test-support.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = readFileSync(join(root, "docs/plugins.md"), "utf8");

interface Block {
  readonly info: string;
  readonly text: string;
}

const blocks: readonly Block[] = [...page.matchAll(/^```(.*)\n([^]*?)^```$/gm)].map(
  ([, info = "", text = ""]) => ({ info, text }),
);
const fileOf = ({ info }: Block) => /^ts file=(\S+)$/.exec(info)?.[1];
const files = Object.fromEntries(
  blocks.flatMap((block) => (fileOf(block) ? [[fileOf(block), block.text]] : [])),
);
const commands = [
  ...new Set(blocks.filter(({ info }) => info === "").flatMap(({ text }) => text.trim().split("\n"))),
];

/** Files that are run by themselves import packages of the suite, so they need an installation beside them. */
const scripts = ["draws.ts", "conformance.test.ts"];
const plugins = Object.keys(files).filter((name) => !scripts.includes(name));

/** Sixty glyphs of twenty drawings: glyph g is black from its row g/2 on, with a dot that moves from drawing to drawing. */
function drawings(): Uint8Array {
  const bytes = new Uint8Array(60 * 20 * 28 * 28);
  for (let at = 0; at < bytes.length; at += 1) {
    const [pixel, drawing, glyph] = [at % 784, Math.floor(at / 784) % 20, Math.floor(at / 15680)];
    bytes[at] = Math.floor(pixel / 28) * 2 >= glyph || pixel % 20 === drawing ? 255 : 0;
  }
  return bytes;
}

/** The page's plugins in one folder without node_modules, as a stranger has them. */
function strangersFolder(): string {
  const folder = workingFolder(Object.fromEntries(plugins.map((name) => [name, files[name] ?? ""])));
  mkdirSync(join(folder, "data/glyphs"), { recursive: true });
  writeFileSync(join(folder, "data/glyphs/drawings.bin"), drawings());
  return folder;
}

describe("docs/nn.md and the tables of docs/plugins.md", () => {
  const docs = (...args: readonly string[]) =>
    execa(process.execPath, [join(root, "scripts/plugin-docs.mjs"), ...args], { reject: false });

  it("are what the types and schemas give", async () => {
    const { exitCode, stderr } = await docs("--check");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  });
});

describe("code on docs/plugins.md", () => {
  it("is a whole file with a name, or commands of metabench", () => {
    expect(blocks.filter((block) => block.info !== "" && fileOf(block) === undefined)).toEqual([]);
    expect(commands.filter((command) => !command.startsWith("metabench "))).toEqual([]);
    expect(plugins).toEqual(
      expect.arrayContaining([
        "my-method.ts",
        "glyphs.ts",
        "blobs.ts",
        "steps.ts",
        "machines.ts",
        "ramps.ts",
        "conv2.ts",
      ]),
    );
  });

  it("passes the type check by the page's first command, which finds an error that is planted", async () => {
    const folder = strangersFolder();
    expect(commands[0]).toBe("metabench types");
    const clean = await metabench(folder, "types");
    expect(clean.out).toMatch(/tsconfig\.json is written\.\ntypes {2}pass$/);
    expect(clean.code).toBe(0);
    // As an editor or a compiler of one's own sees it.
    const compiler = await execa(
      process.execPath,
      [join(root, "node_modules/typescript/bin/tsc"), "-p", folder],
      { reject: false },
    );
    expect(compiler).toMatchObject({ exitCode: 0, stdout: "" });
    writeFileSync(
      join(folder, "my-method.ts"),
      (files["my-method.ts"] ?? "").replace("adam(body, { rate,", 'adam(body, { rate: "fast",'),
    );
    const planted = await metabench(folder, "types");
    expect(planted.code).toBe(1);
    expect(planted.out).toMatch(/types {2}FAIL {2}1 type error\n {2}my-method\.ts:\d+:\d+ TS2322: /);
    const conformed = await metabench(folder, "conform ./my-method.ts --json --backend wasm");
    expect(JSON.parse(conformed.out)).toMatchObject({
      passed: false,
      types: [
        { file: join(folder, "my-method.ts"), check: { status: "failed", faults: [{ code: "TS2322" }] } },
      ],
    });
  });

  it("runs where metabench is installed beside it", async () => {
    const folder = workingFolder(files as Record<string, string>);
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const run = (...args: readonly string[]) => execa(process.execPath, args, { cwd: folder, reject: false });
    const drawn = await run("draws.ts");
    expect(drawn).toMatchObject({ exitCode: 0, stderr: "" });
    expect(drawn.stdout).toMatch(/^uniform in \[0, 1\): 0\.\d+\n.*a die: [1-6]\n.*another stream: 0\.\d+$/s);
    const { exitCode, stdout } = await run("--test", "conformance.test.ts");
    expect(stdout).toMatch(/pass 16/);
    expect(exitCode).toBe(0);
    const types = await metabench(folder, "types");
    expect(types.out).toMatch(/types {2}pass/);
    expect(JSON.parse(readFileSync(join(folder, "tsconfig.json"), "utf8"))).toMatchObject({
      extends: "@metabench/harness/plugin.tsconfig.json",
    });
  });

  describe("commands", () => {
    // What is run as written would take minutes: a small budget and a short test show that it runs.
    const shortened = (command: string) =>
      command.startsWith("metabench run")
        ? `${command} --seeds 0 --budget 1500 --yes --store kept${command.includes("multi-task/") ? "" : " --episodes 4"}`
        : command;

    it.each(commands)("%s", async (command) => {
      const folder = strangersFolder();
      const own = /glyphs|blobs|machines/.test(command) ? { METABENCH_CACHE: join(folder, "cache") } : {};
      const { code, out, note } = await metabench(folder, shortened(command).replace("metabench ", ""), own);
      expect(code, out + note).toBe(0);
    });
  });
});
