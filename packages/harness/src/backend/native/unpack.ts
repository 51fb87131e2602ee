import { execa } from "execa";
import { Obstacle } from "./obstacle.ts";
import type { Tool } from "./toolchain.ts";

/** What is used of the wheels: the C library, the headers the add-on includes, and NVIDIA's libraries; a tenth of the files. */
const wanted = [
  "tensorflow/libtensorflow",
  "tensorflow/include/tensorflow/c/",
  "tensorflow/include/tensorflow/core/platform/",
  "tensorflow/include/tsl/",
  "tensorflow/include/xla/tsl/",
  "nvidia/",
];

/** Python's own reader, because Node has none for zip files and pip needs Python anyway. Large files reach the disk before the rename. */
const script = `
import os, shutil, sys, zipfile
target, wanted, wheels = sys.argv[1], tuple(sys.argv[2].split("|")), sys.argv[3:]
for wheel in wheels:
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            if member.is_dir() or not member.filename.startswith(wanted):
                continue
            path = os.path.join(target, member.filename)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with archive.open(member) as source, open(path, "wb") as copy:
                shutil.copyfileobj(source, copy, 1 << 20)
                if member.file_size > 1 << 20:
                    copy.flush()
                    os.fsync(copy.fileno())
            os.chmod(path, 0o755 if (member.external_attr >> 16) & 0o100 else 0o644)
    os.remove(wheel)
`;

/**
 * Unpacks what is needed of the wheels into `folder`, and removes each wheel when it is done with it.
 *
 * @throws {Obstacle} `disk` or `build`.
 */
export async function unpackWheels(python: Tool, wheels: readonly string[], folder: string): Promise<void> {
  const [command, ...rest] = python.command;
  const outcome = await execa(command, [...rest, "-I", "-c", script, folder, wanted.join("|"), ...wheels], {
    reject: false,
    stdin: "ignore",
    all: true,
  });
  if (outcome.isTerminated)
    throw new Obstacle("interrupted", "unpacking was interrupted; start the set-up again", {
      cause: outcome,
    });
  if (!outcome.failed) return;
  const why = outcome.all.trim().split("\n").at(-1) ?? "";
  if (/no space left/iu.test(why))
    throw new Obstacle(
      "disk",
      `no space left while unpacking into ${folder}; free some, or set METABENCH_CACHE to a larger disk`,
    );
  throw new Obstacle(
    "build",
    `the wheel could not be unpacked (${why}); delete ${folder} and start the set-up again`,
    { cause: outcome },
  );
}
