import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { environment } from "./build.ts";
import { findPython } from "./python.ts";

let scratch: string;
const quiet = () => undefined;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "metabench-environment-"));
  await writeFile(join(scratch, "needed.txt"), "needed==1\n");
  await writeFile(join(scratch, "optional.txt"), "optional==1\n");
});
afterEach(() => rm(scratch, { recursive: true, force: true }));

/**
 * A stand-in for Python: `-m venv` makes a folder with a copy of itself, `-m pip` does what `pip` says, in shell. Each use of pip is noted.
 */
async function fakePython(pip: string): Promise<{ command: string; version: string }> {
  const command = join(scratch, "python3");
  const text = `#!/bin/sh
case "$2" in
  venv) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
  pip) echo "$*" >> '${join(scratch, "pip.log")}'
    ${pip} ;;
esac
`;
  await writeFile(command, text);
  await chmod(command, 0o755);
  return { command, version: "3.12.0" };
}

const build = (python: { command: string; version: string }) =>
  environment(
    join(scratch, "home"),
    { needed: join(scratch, "needed.txt"), optional: join(scratch, "optional.txt") },
    python,
    quiet,
  );
const uses = async () => (await readFile(join(scratch, "pip.log"), "utf8")).trim().split("\n").length;

describe.skipIf(process.platform === "win32")("the peers' environment", () => {
  it("is built once, and built anew when a requirement changes", async () => {
    const python = await fakePython("exit 0");
    const first = await build(python);
    expect(await uses()).toBe(2);
    expect(await build(python)).toEqual(first);
    expect(await uses()).toBe(2);
    await writeFile(join(scratch, "needed.txt"), "needed==2\n");
    expect((await build(python)).python).not.toBe(first.python);
    expect(await uses()).toBe(4);
  });

  it("goes on without what is optional, and says so", async () => {
    const python = await fakePython('case "$*" in *optional.txt) exit 1 ;; esac');
    const { notes } = await build(python);
    expect(notes).toEqual([expect.stringContaining("learn2learn does not install on Python 3.12.0")]);
    expect((await build(python)).notes).toEqual(notes);
  });

  it("repeats pip's error in one line, ends in what to do, and leaves nothing that could pass for an environment", async () => {
    const python = await fakePython('echo "ERROR: No matching distribution found for needed==1"; exit 1');
    await expect(build(python)).rejects.toMatchObject({
      code: "set-up-failed",
      message: expect.stringMatching(/No matching distribution found for needed==1.*start again/u) as string,
    });
    expect(await readdir(join(scratch, "home"))).toEqual([]);
  });

  it("is not taken for complete when its building was killed, and what is left of it goes", async () => {
    const python = await fakePython('kill -9 "$PPID"');
    const builder = `
      import { environment } from ${JSON.stringify(new URL("build.ts", import.meta.url).href)};
      await environment(...JSON.parse(process.argv[1]), () => undefined);`;
    const requirements = { needed: join(scratch, "needed.txt"), optional: join(scratch, "optional.txt") };
    const killed = await execa(
      process.execPath,
      [
        "--no-warnings",
        "--input-type=module",
        "-e",
        builder,
        JSON.stringify([join(scratch, "home"), requirements, python]),
      ],
      { reject: false, cwd: fileURLToPath(new URL(".", import.meta.url)) },
    );
    expect(killed.signal).toBe("SIGKILL");
    expect(await readdir(join(scratch, "home"))).toEqual([expect.stringMatching(/^\.building-/u)]);

    const whole = await build(await fakePython("exit 0"));
    expect(whole.notes).toEqual([]);
    expect(await readdir(join(scratch, "home"))).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/u)]);
  });

  it("is built anew where a folder of its name has no seal, or one that is torn", async () => {
    const python = await fakePython("exit 0");
    const { python: program } = await build(python);
    const folder = join(program, "..", "..");
    for (const text of ["", '{"key":', '{"key":"another","notes":[]}']) {
      await writeFile(join(folder, "complete.json"), text);
      const before = await uses();
      await build(python);
      expect(await uses()).toBe(before + 2);
    }
    await rm(join(folder, "complete.json"));
    await mkdir(join(folder, "lib"), { recursive: true });
    await build(python);
    expect(await readdir(folder)).not.toContain("lib");
  });
});

describe.skipIf(process.platform === "win32")("a machine without a fitting Python", () => {
  it("is told what to install, with status 3", async () => {
    const { exitCode, stderr } = await execa(
      process.execPath,
      ["--no-warnings", fileURLToPath(new URL("../compare/main.ts", import.meta.url)), "--only", "lenet"],
      { reject: false, env: { PATH: scratch, METABENCH_CACHE: scratch } },
    );
    expect(exitCode).toBe(3);
    expect(stderr.split("\n").at(-1)).toMatch(
      /^error \(set-up-failed\): There is no Python 3 on the path.*apt-get install python3/u,
    );
  });

  it("is told that one is too old", async () => {
    const command = join(scratch, "python3");
    await writeFile(command, "#!/bin/sh\necho Python 3.8.10\n");
    await chmod(command, 0o755);
    const before = process.env["PATH"];
    process.env["PATH"] = scratch;
    try {
      await expect(findPython()).rejects.toThrow("Python 3.8.10 is too old");
    } finally {
      process.env["PATH"] = before;
    }
  });
});
