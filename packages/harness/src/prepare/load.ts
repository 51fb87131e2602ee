import { createHash } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { contentHash, MetabenchError, type SplitName } from "@metabench/core";
import { descriptionFile, descriptionSchema, type Description } from "./description.ts";
import { loadArrays, splitFiles, type ArrayFile, type LoadedData } from "./layouts/index.ts";
import { sha256 } from "./sha256.ts";

export type { LoadedData } from "./layouts/index.ts";

const damaged = (folder: string, what: string, cause?: unknown) =>
  new MetabenchError(
    "data-corrupt",
    `The prepared data set in ${folder} is damaged: ${what}. Delete that folder and prepare it again.`,
    {
      cause,
    },
  );

/**
 * The description of a prepared folder, its content hash checked.
 *
 * @throws MetabenchError `data-corrupt` if it is missing or damaged
 */
export async function readDescription(folder: string): Promise<Description> {
  const text = await readFile(join(folder, descriptionFile), "utf8").catch((cause: unknown) => {
    throw damaged(folder, `${descriptionFile} cannot be read`, cause);
  });
  let description: Description;
  try {
    description = descriptionSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw damaged(folder, `${descriptionFile} is not what metabench writes`, cause);
  }
  const actual = contentHash(description.content, sha256);
  if (actual !== description.contentHash)
    throw damaged(folder, `expected content hash ${description.contentHash}, got ${actual}`);
  return description;
}

/**
 * Reads the asked splits of a folder that `prepareDataset` made, and no others. Every byte read is checked against the SHA-256
 * in the description, and so against the content hash.
 *
 * @throws MetabenchError `data-corrupt`, naming file, expected and actual
 */
export async function loadPrepared<const Split extends SplitName>(
  folder: string,
  splits: readonly Split[],
): Promise<LoadedData<Split>> {
  const { content } = await readDescription(folder);
  const entries = await Promise.all(
    splits.map(async (split) => {
      const arrays: ArrayBuffer[] = [];
      for (const file of splitFiles(content, split)) arrays.push(await readVerified(folder, file));
      return [split, arrays] as const;
    }),
  );
  // What `fromEntries` makes is a record of exactly the asked splits, which its type cannot say.
  const arrays = Object.fromEntries(entries) as unknown as Record<Split, readonly ArrayBuffer[]>;
  return loadArrays(content, arrays);
}

const chunk = 8 * 2 ** 20;

async function readVerified(
  folder: string,
  { file, bytes, sha256: expected }: ArrayFile,
): Promise<ArrayBuffer> {
  const handle = await open(join(folder, file)).catch((cause: unknown) => {
    throw damaged(folder, `${file} cannot be read`, cause);
  });
  try {
    const { size } = await handle.stat();
    if (size !== bytes) throw damaged(folder, `${file} has ${String(size)} bytes, not ${String(bytes)}`);
    const buffer = new ArrayBuffer(bytes);
    const hash = createHash("sha256");
    for (let position = 0; position < bytes;) {
      const part = new Uint8Array(buffer, position, Math.min(chunk, bytes - position));
      const { bytesRead } = await handle.read(part, 0, part.length, position);
      if (bytesRead === 0)
        throw damaged(folder, `${file} ends after ${String(position)} of ${String(bytes)} bytes`);
      hash.update(part.subarray(0, bytesRead));
      position += bytesRead;
    }
    const actual = hash.digest("hex");
    if (actual !== expected)
      throw damaged(folder, `${file} should have SHA-256 ${expected}, it has ${actual}`);
    return buffer;
  } finally {
    await handle.close();
  }
}
