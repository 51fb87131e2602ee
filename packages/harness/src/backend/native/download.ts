import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { execa } from "execa";
import { Obstacle } from "./obstacle.ts";
import type { Wheel } from "./sources.ts";
import type { Tool } from "./toolchain.ts";

/**
 * Tags are given explicitly, so that pip of any Python fetches the very files whose checksums are pinned.
 * Only C libraries are used from them, hence the user's Python does not matter.
 */
const tags = [
  ...[
    "manylinux2014_x86_64",
    "manylinux_2_12_x86_64",
    "manylinux_2_17_x86_64",
    "manylinux_2_27_x86_64",
  ].flatMap((tag) => ["--platform", tag]),
  ...["--python-version", "3.11", "--implementation", "cp", "--abi", "cp311"],
];

/**
 * Fetches wheels through pip, which honours the user's own index, mirror, proxy and wheel folders, and verifies their checksums.
 *
 * @returns the files, in the order of `wheels`.
 * @throws {Obstacle} `download` when pip cannot get one, `checksum` when a file is not the pinned one.
 */
export async function downloadWheels(
  pip: Tool,
  wheels: readonly Wheel[],
  folder: string,
): Promise<readonly string[]> {
  const [command, ...rest] = pip.command;
  const named = wheels.map(({ project, version }) => `${project}==${version}`);
  await mkdir(folder, { recursive: true });
  const options = [
    "--no-deps",
    "--only-binary=:all:",
    "--progress-bar",
    "off",
    "--disable-pip-version-check",
    "--retries",
    "2",
  ];
  const outcome = await execa(
    command,
    [...rest, "download", ...options, ...tags, "--dest", folder, ...named],
    {
      reject: false,
      stdin: "ignore",
      all: true,
    },
  );
  if (outcome.isTerminated)
    throw new Obstacle("interrupted", "the download was interrupted; start the set-up again", {
      cause: outcome,
    });
  if (outcome.failed) {
    throw new Obstacle(
      /no space left/iu.test(outcome.all) ? "disk" : "download",
      `pip could not fetch ${named.join(", ")} (${lastError(outcome.all)}); check the network, the proxy, or pip's own settings (pip config list)`,
      { cause: outcome },
    );
  }
  const files = await readdir(folder);
  return Promise.all(wheels.map(async (wheel) => verified(wheel, files, folder)));
}

async function verified(
  { project, version, sha256 }: Wheel,
  files: readonly string[],
  folder: string,
): Promise<string> {
  const prefix = `${project.replaceAll("-", "_")}-${version}-`;
  const name = files.find((file) => file.startsWith(prefix));
  if (name === undefined)
    throw new Obstacle(
      "download",
      `pip left no file ${prefix}*.whl; run it by hand to see why: pip download ${project}==${version}`,
    );
  const file = join(folder, name);
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest("hex");
  if (actual === sha256) return file;
  throw new Obstacle(
    "checksum",
    `${name} is not the pinned file: expected SHA-256 ${sha256}, got ${actual}; check the package index that pip uses (pip config list)`,
  );
}

function lastError(output: string): string {
  const lines = output.split("\n").map((line) => line.trim());
  return (
    lines.findLast((line) => line.startsWith("ERROR:")) ??
    lines.findLast((line) => line !== "") ??
    "it said nothing"
  );
}
