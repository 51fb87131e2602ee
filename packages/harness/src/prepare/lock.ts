import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { lock } from "proper-lockfile";
import { throwIfCancelled } from "./cancelled.ts";
import type { OnProgress } from "./progress.ts";
import { makeFolder } from "../store/index.ts";

/** A holder that was killed is given up after this many milliseconds. */
const stale = 20_000;

/**
 * Runs `work` while holding the lock named after `path`, waiting while another process holds it.
 *
 * The lock only spares double work: what is written is renamed into place whole, so losing the lock in the middle (decoding may
 * block the event loop, and with it the sign of life) does no harm.
 */
export async function withLock<T>(
  path: string,
  { onProgress, signal }: { readonly onProgress: OnProgress; readonly signal?: AbortSignal | undefined },
  work: () => Promise<T>,
): Promise<T> {
  await makeFolder(dirname(path));
  const acquire = async (): Promise<() => Promise<void>> =>
    lock(path, {
      realpath: false,
      lockfilePath: `${path}.lock`,
      stale,
      update: 5000,
      onCompromised: () => undefined,
    });
  let release: (() => Promise<void>) | undefined;
  for (let waited = false; release === undefined; waited = true) {
    throwIfCancelled(signal);
    try {
      release = await acquire();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ELOCKED") throw error;
      if (!waited)
        onProgress({ message: `Another process is preparing ${path}; waiting for it`, fraction: null });
      await sleep(200);
    }
  }
  try {
    return await work();
  } finally {
    await release().catch(() => undefined);
  }
}
