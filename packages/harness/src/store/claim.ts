import { mkdir, rmdir } from "node:fs/promises";
import { lock } from "proper-lockfile";
import { isSystemError } from "./failure.ts";

/** Milliseconds without a sign of life after which a claim is another's to take: its process was killed. */
const staleAfter = 60_000;

/** Gives a claim back, and deletes its folder where nothing was put there. */
export type Release = () => Promise<void>;

/**
 * Claims a folder for this process, on every machine that shares it.
 *
 * The sign of life is given from a timer, so a holder must not block its event loop for longer than a minute.
 *
 * @returns null when another process holds it
 */
export async function claim(folder: string): Promise<Release | null> {
  await mkdir(folder, { recursive: true });
  try {
    const unlock = await lock(folder, {
      realpath: false,
      lockfilePath: `${folder}.lock`,
      stale: staleAfter,
      update: staleAfter / 6,
      retries: 0,
      // Someone deleted the store under us; the trial goes on, and its record is written where the store was.
      onCompromised: () => undefined,
    });
    return async () => {
      await rmdir(folder).catch(() => undefined);
      await unlock().catch((error: unknown) => {
        if (!isSystemError(error, "ERELEASED", "ENOTACQUIRED")) throw error;
      });
    };
  } catch (error) {
    if (isSystemError(error, "ELOCKED")) return null;
    throw error;
  }
}
