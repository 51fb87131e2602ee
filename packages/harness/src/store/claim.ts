import { mkdir, rm, rmdir, utimes, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { lock } from "proper-lockfile";
import { isSystemError } from "./failure.ts";
import { hasDied, thisOwner } from "./owner.ts";
import { makeFolder } from "./make-folder.ts";

/** Milliseconds without a sign of life after which a claim is anyone's: its machine is gone. */
const staleAfter = 60_000;

/** The same for looking who holds it, which takes milliseconds. */
const gateStaleAfter = 10_000;

/** Gives a claim back, and deletes its folder where nothing was put there. */
export type Release = () => Promise<void>;

/**
 * Claims a folder for this process, on every machine that shares it; the folder is made.
 *
 * A claim whose process has died on this machine is taken over at once, any other after a minute without a sign of life. The sign
 * is given from a timer, so a holder must not block its event loop for as long as that.
 *
 * @returns null when another process holds it
 */
export async function claim(folder: string): Promise<Release | null> {
  await makeFolder(dirname(folder));
  // One process at a time looks who holds the claim: of two that saw its owner dead, the second would take it from the first.
  const gate = `${folder}.gate`;
  const leave = await tryLock(gate, gate, gateStaleAfter);
  if (leave === null) return null;
  try {
    return await claimAlone(folder);
  } finally {
    await leave();
  }
}

async function claimAlone(folder: string): Promise<Release | null> {
  const [lockFolder, ownerFile] = [`${folder}.lock`, `${folder}.owner.json`];
  const unlock = (await tryLock(folder, lockFolder, staleAfter)) ?? (await takeOver());
  if (unlock === null) return null;
  // Not before: who last held the claim deletes the folder in giving it back.
  await mkdir(folder, { recursive: true });
  await writeFile(ownerFile, JSON.stringify(await thisOwner()));
  return async () => {
    await rm(ownerFile, { force: true });
    await rmdir(folder).catch(() => undefined);
    await unlock();
  };

  async function takeOver(): Promise<Release | null> {
    if (!(await hasDied(ownerFile))) return null;
    await utimes(lockFolder, 0, 0).catch(() => undefined);
    return tryLock(folder, lockFolder, staleAfter);
  }
}

async function tryLock(folder: string, lockFolder: string, stale: number): Promise<Release | null> {
  try {
    const unlock = await lock(folder, {
      realpath: false,
      lockfilePath: lockFolder,
      stale,
      update: stale / 6,
      retries: 0,
      // Someone deleted the lock under us; the trial continues, and at worst its record exists when it is written.
      onCompromised: () => undefined,
    });
    return async () => {
      await unlock().catch((error: unknown) => {
        if (!isSystemError(error, "ERELEASED", "ENOTACQUIRED")) throw error;
      });
    };
  } catch (error) {
    if (isSystemError(error, "ELOCKED")) return null;
    throw error;
  }
}
