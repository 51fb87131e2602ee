import { readdir } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { execa } from "execa";
import { napiVersion } from "./addon.ts";
import type { AddonSources } from "./addon.ts";
import { Obstacle } from "./obstacle.ts";
import type { Tool } from "./toolchain.ts";

/** A build of the add-on. */
export interface Compilation {
  readonly compiler: Tool;
  readonly sources: AddonSources;
  /** Folder with `libtensorflow_cc.so.2` and `include/`, as it is now. */
  readonly library: string;
  /** The same folder under the name it will have, which the add-on remembers. */
  readonly finalLibrary: string;
  /** The file to write. */
  readonly addon: string;
}

/**
 * Compiles the add-on against TensorFlow's C library.
 *
 * @throws {Obstacle} `build`, with the compiler's first error.
 */
export async function compileAddon({
  compiler,
  sources,
  library,
  finalLibrary,
  addon,
}: Compilation): Promise<void> {
  const [command, ...rest] = compiler.command;
  const units = (await readdir(sources.binding)).filter((name) => name.endsWith(".cc")).sort();
  const outcome = await execa(
    command,
    [
      ...rest,
      ...["-shared", "-fPIC", "-O2", "-std=c++17", `-DNAPI_VERSION=${napiVersion}`],
      ...["-I", join(library, "include"), "-I", sources.headers, "-I", sources.binding],
      ...units.map((name) => join(sources.binding, name)),
      ...[
        "-L",
        library,
        "-l:libtensorflow_cc.so.2",
        "-l:libtensorflow_framework.so.2",
        `-Wl,-rpath,${finalLibrary}`,
      ],
      ...["-o", addon],
    ],
    { reject: false, stdin: "ignore", all: true },
  );
  if (outcome.isTerminated)
    throw new Obstacle("interrupted", "the compiler was interrupted; start the set-up again", {
      cause: outcome,
    });
  if (!outcome.failed) return;
  const why =
    outcome.all.split("\n").find((line) => /\berror\b/iu.test(line)) ?? outcome.all.split("\n")[0] ?? "";
  throw new Obstacle(
    "build",
    `${command} could not build the add-on (${why.trim()}); a C++17 compiler is needed, such as g++ 9 or newer`,
    { cause: outcome },
  );
}

/**
 * Loads the add-on in a process of its own, because a library built for a newer processor ends the process it is loaded into.
 *
 * @throws {Obstacle} `build`, when it does not load or is of another version.
 */
export async function tryAddon(addon: string, library: string, version: string): Promise<void> {
  const outcome = await execa(process.execPath, ["--print", `require(${JSON.stringify(addon)}).TF_Version`], {
    reject: false,
    stdin: "ignore",
    env: { LD_LIBRARY_PATH: library, TF_CPP_MIN_LOG_LEVEL: "3", NODE_OPTIONS: "" },
  });
  if (!outcome.failed && outcome.stdout.trim() === version) return;
  const said = outcome.stderr.split("\n").find((line) => line.includes("Error"));
  const why = outcome.failed
    ? (outcome.signal ?? said ?? outcome.originalMessage ?? "it ended")
    : `version ${outcome.stdout}`;
  throw new Obstacle(
    "build",
    `TensorFlow ${version} does not load on this machine (${why.trim()}); it needs a processor with AVX and a current libstdc++`,
    { cause: outcome },
  );
}
