import { MetabenchError } from "@metabench/core";
import { execa } from "execa";

/** A Python that can hold the peers. */
export interface Python {
  readonly command: string;
  /** As it says itself: `3.11.7`. */
  readonly version: string;
}

const oldest = 10;

/**
 * The first of `python3` and `python` on the path that is new enough for the pinned PyTorch.
 *
 * @throws MetabenchError `set-up-failed` when there is none
 */
export async function findPython(): Promise<Python> {
  const found: string[] = [];
  for (const command of ["python3", "python"]) {
    const { failed, stdout } = await execa(command, ["--version"], {
      reject: false,
      stdin: "ignore",
      timeout: 20_000,
    });
    const version = failed ? undefined : /^Python (3\.\d+\.\d+\S*)/u.exec(stdout)?.[1];
    if (version === undefined) continue;
    if (Number(version.split(".")[1]) >= oldest) return { command, version };
    found.push(version);
  }
  throw new MetabenchError(
    "set-up-failed",
    `${found.length === 0 ? "There is no Python 3 on the path" : `Python ${found.join(" and ")} is too old`}; the peers need 3.${String(oldest)} or newer. On Debian or Ubuntu: apt-get install python3 python3-venv`,
  );
}
