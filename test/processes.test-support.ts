import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { execa } from "execa";

/** Waits until something is so; a minute is far more than any of it takes. */
export async function until(so: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await so())) {
    if (Date.now() > end) throw new Error(`A minute went by, and still not: ${what}.`);
    await wait(10);
  }
}

/** Ids of the processes that a process has started. */
export async function childrenOf(pid: number | undefined): Promise<readonly number[]> {
  const { stdout } = await execa("ps", ["-A", "-o", "pid=", "-o", "ppid="]);
  return stdout
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([child = 0, parent]) => (parent === pid ? [child] : []));
}

/** Whether a process is there and no zombie that waits for nobody. */
export async function lives(pid: number): Promise<boolean> {
  const { stdout } = await execa("ps", ["-o", "stat=", "-p", String(pid)], { reject: false });
  return stdout.trim() !== "" && !stdout.trim().startsWith("Z");
}

/** Kills processes as a power cut would. */
export function killAtOnce(...pids: readonly (number | undefined)[]): void {
  for (const pid of pids) if (pid !== undefined) process.kill(pid, "SIGKILL");
}

/** Waits for a file in the work folder of a store's only trial. */
export async function untilWork(store: string, file: string): Promise<void> {
  const work = join(store, ".work");
  await until(
    () => existsSync(work) && readdirSync(work).some((trial) => existsSync(join(work, trial, file))),
    `${file} is written`,
  );
}
