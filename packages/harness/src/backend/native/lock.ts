import { lock } from "proper-lockfile";
import { Obstacle } from "./obstacle.ts";
import type { Report } from "./progress.ts";

/** A holder that was killed is given up after this many milliseconds without a sign of life. */
const stale = 8000;

/**
 * Runs `work` while holding the lock named after `folder`, waiting for another process that holds it.
 *
 * @throws {Obstacle} `interrupted` when the lock is lost in the middle (the machine slept), because then another process may have taken over.
 */
export async function withLock<T>(folder: string, report: Report, work: () => Promise<T>): Promise<T> {
  let lost: Error | undefined;
  const acquire = async (retries: number): Promise<() => Promise<void>> =>
    lock(folder, {
      realpath: false,
      lockfilePath: `${folder}.lock`,
      stale,
      update: 2000,
      retries: { retries, factor: 1, minTimeout: 250, maxTimeout: 250 },
      onCompromised: (error) => {
        lost = error;
      },
    });
  const release = await acquire(0).catch(async (error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "ELOCKED") throw error;
    report("Another set-up is at work; waiting for it …");
    return acquire(4 * 60 * 60);
  });
  try {
    const result = await work();
    if (lost !== undefined)
      throw new Obstacle("interrupted", "the lock was lost during the set-up; start it again", {
        cause: lost,
      });
    return result;
  } finally {
    await release().catch(() => undefined);
  }
}
