import process from "node:process";
import { execa } from "execa";
import { Obstacle } from "./obstacle.ts";

/** A program found on the path: how to call it, and the first line it says about its version. */
export interface Tool {
  readonly command: readonly [string, ...string[]];
  readonly version: string;
}

/** What to type on Debian or Ubuntu for each tool that can be missing. */
export const howToInstall = {
  python: "install Python 3, on Debian or Ubuntu: apt-get install python3 python3-pip",
  pip: "install pip, on Debian or Ubuntu: apt-get install python3-pip",
  compiler: "install a C++17 compiler, on Debian or Ubuntu: apt-get install g++",
} as const;

/** Python 3, or `undefined` when none answers. */
export async function findPython(): Promise<Tool | undefined> {
  for (const name of ["python3", "python"]) {
    const version = await answer([name, "--version"]);
    if (version?.startsWith("Python 3.") === true) return { command: [name], version };
  }
  return undefined;
}

/** Python's pip as a module of `python`, or `undefined` when it has none. */
export async function findPip(python: Tool): Promise<Tool | undefined> {
  const command = [...python.command, "-m", "pip"] as const;
  const version = await answer([...command, "--version"]);
  return version?.startsWith("pip ") === true
    ? { command, version: version.split(" ").slice(0, 2).join(" ") }
    : undefined;
}

/** The C++ compiler: `CXX` when that is set (arguments allowed), or the first of `c++`, `g++` and `clang++` that answers. */
export async function findCompiler(): Promise<Tool | undefined> {
  const chosen = process.env["CXX"]?.split(/\s+/u).filter((part) => part !== "") ?? [];
  for (const [name, ...rest] of [chosen, ["c++"], ["g++"], ["clang++"]]) {
    if (name === undefined) continue;
    const version = await answer([name, ...rest, "--version"]);
    if (version !== undefined) return { command: [name, ...rest], version };
  }
  return undefined;
}

/** The tools that the set-up needs. */
export interface Toolchain {
  readonly python: Tool;
  readonly pip: Tool;
  readonly compiler: Tool;
}

/**
 * Finds every tool before anything slow begins.
 *
 * @throws {Obstacle} `python`, `pip` or `compiler`, naming the package to install.
 */
export async function findToolchain(): Promise<Toolchain> {
  const python = await findPython();
  if (python === undefined) throw new Obstacle("python", `no Python 3 on the path; ${howToInstall.python}`);
  const pip = await findPip(python);
  if (pip === undefined) throw new Obstacle("pip", `${python.version} has no pip; ${howToInstall.pip}`);
  const compiler = await findCompiler();
  if (compiler === undefined)
    throw new Obstacle("compiler", `no C++ compiler on the path; ${howToInstall.compiler}`);
  return { python, pip, compiler };
}

async function answer([name, ...rest]: readonly [string, ...string[]]): Promise<string | undefined> {
  const { failed, stdout } = await execa(name, rest, { reject: false, stdin: "ignore", timeout: 20_000 });
  return failed ? undefined : stdout.split("\n")[0]?.trim();
}
