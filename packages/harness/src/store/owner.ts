import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";
import process from "node:process";
import { z } from "zod";

const ownerSchema = z.strictObject({
  /** Where the process number counts: the machine, and on Linux the space of process numbers on it, of which a container has its own. */
  place: z.string(),
  process: z.int().positive(),
});
type Owner = z.infer<typeof ownerSchema>;

/** This process, as others on the machine can look it up. */
export async function thisOwner(): Promise<Owner> {
  const space = await readlink("/proc/self/ns/pid").catch(() => "");
  return { place: `${hostname()} ${space}`.trim(), process: process.pid };
}

/** Whether the process named in a file ran on this machine and is gone. False where that cannot be known. */
export async function hasDied(ownerFile: string): Promise<boolean> {
  const owner = await readOwner(ownerFile);
  if (owner?.place !== (await thisOwner()).place) return false;
  try {
    process.kill(owner.process, 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}

async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return undefined;
  }
}
