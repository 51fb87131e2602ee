import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordOf } from "./command-line.test-support.ts";
import { madeUp, writeRecords } from "./site-records.test-support.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const published = [
  "packages/core",
  "packages/algorithms",
  "packages/datasets",
  "packages/harness",
  "apps/leaderboard",
];
const pathOf = (...parts: readonly string[]) => join(root, ...parts);

const { version } = JSON.parse(readFileSync(pathOf("packages/harness/package.json"), "utf8")) as {
  version: string;
};

/** The method that the README shows, whole. */
const [, myMethod = ""] = /```ts\n(.*?)```/s.exec(readFileSync(pathOf("README.md"), "utf8")) ?? [];

let folder: string;

/** Runs the installed command in the folder it is installed in. */
async function metabench(...args: readonly string[]) {
  const command = join(folder, "node_modules", "@metabench", "harness", "bin", "metabench.mjs");
  const { exitCode, stdout, stderr } = await execa(process.execPath, [command, ...args], {
    cwd: folder,
    reject: false,
    env: { NO_COLOR: "1", METABENCH_DATA: "" },
  });
  return { code: exitCode, out: stdout, note: stderr };
}

/** The files that `npm pack` puts into a package's archive, which it writes to `target`. */
async function pack(name: string, target: string): Promise<{ archive: string; files: readonly string[] }> {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", target];
  const { stdout } = await execa("npm", args, { cwd: pathOf(name) });
  const printed = JSON.parse(stdout) as object;
  // A list up to npm 11, a record by name after it.
  const [packed] = Object.values(printed) as { filename: string; files: { path: string }[] }[];
  if (!packed) throw new Error(`npm pack printed ${stdout}`);
  return { archive: join(target, packed.filename), files: packed.files.map(({ path }) => path) };
}

const contents = new Map<string, readonly string[]>();

/** Everything comes from the archives, third-party packages from the registry or npm's cache. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "metabench-packages-"));
  const archives = join(folder, "archives");
  mkdirSync(archives);
  const packed = await Promise.all(published.map((name) => pack(name, archives)));
  for (const [at, { files }] of packed.entries()) contents.set(published[at] ?? "", files);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const flags = ["--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"];
  await execa("npm", ["install", ...flags, ...packed.map(({ archive }) => archive)], { cwd: folder });
  await execa("git", ["init", "--quiet"], { cwd: folder });
  const author = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"];
  await execa("git", [...author, "commit", "--quiet", "--allow-empty", "--message", "Of the user"], {
    cwd: folder,
  });
  writeFileSync(join(folder, "my-method.ts"), myMethod);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

describe("the packages", () => {
  it.each(published)("%s has its licence, a README, and none of its tests", (name) => {
    const files = contents.get(name) ?? [];
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
    expect(files.filter((file) => /\.test\.|test-support|golden|tsbuildinfo/.test(file))).toEqual([]);
    expect(readFileSync(pathOf(name, "LICENSE"), "utf8")).toBe(readFileSync(pathOf("LICENSE"), "utf8"));
  });

  it("give a method its types", async () => {
    const compilerOptions = {
      module: "nodenext",
      target: "es2024",
      strict: true,
      noEmit: true,
      skipLibCheck: true,
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
    const check = () =>
      execa(process.execPath, [pathOf("node_modules", "typescript", "bin", "tsc"), "-p", folder], {
        reject: false,
      });
    expect(await check()).toMatchObject({ stdout: "", exitCode: 0 });
    const wrong = join(folder, "wrong.ts");
    writeFileSync(wrong, myMethod.replace("adaptationSteps: 0", 'adaptationSteps: "none"'));
    expect((await check()).stdout).toMatch(/wrong\.ts.*TS/);
    rmSync(wrong);
  });

  it("list what is built in, and hold a method from a file to the rules", async () => {
    expect(await metabench("list", "algorithms")).toMatchObject({
      code: 0,
      out: expect.stringContaining("maml"),
    });
    const { code, out, note } = await metabench("conform", "./my-method.ts");
    expect(out, note).toMatch(/checks of 1 algorithm: all passed/);
    expect(code).toBe(0);
  });

  it("run it, with a record that does not take the user's commit for the suite's", async () => {
    const { code, note } = await metabench(
      ...["run", "--plugin", "./my-method.ts", "--algorithm", "my-method", "--store", "kept"],
      ...["--protocol", "few-shot/double-mnist-28/5w1s", "--budget", "100", "--episodes", "1"],
    );
    expect(code, note).toBe(0);
    expect(recordOf(join(folder, "kept"), "my-method")).toMatchObject({
      status: "completed",
      provenance: { commit: null, packages: { "@metabench/harness": version } },
    });
  });

  it("build the site, and say what to install where its package is missing", async () => {
    await writeRecords(join(folder, "made-up"), [
      madeUp({ protocol: "few-shot/double-mnist-28/5w1s", algorithm: "maml", level: 0.8 }),
    ]);
    const publish = () => metabench("publish", "--store", "made-up", "--out", "public");
    const { code, note } = await publish();
    expect(code, note).toBe(0);
    expect(readFileSync(join(folder, "public", "site", "index.html"), "utf8")).toContain("maml");
    rmSync(join(folder, "node_modules", "@metabench", "leaderboard"), { recursive: true });
    expect(await publish()).toMatchObject({
      code: 3,
      note: expect.stringMatching(/npm install .*@metabench\/leaderboard.*--no-site/),
    });
  });
});
