import { createHash } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  contentHash,
  MetabenchError,
  type ClassifiedImages,
  type MultiTaskImages,
  type SplitName,
} from "@metabench/core";
import { splitFiles, type ArrayFile } from "./arrays.ts";
import { descriptionFile, descriptionSchema, type Description } from "./description.ts";
import { sha256 } from "./sha256.ts";

type WithSplits<Data extends ClassifiedImages | MultiTaskImages, Split extends SplitName> = Omit<
  Data,
  "splits"
> & {
  readonly splits: Readonly<Pick<Data["splits"], Split>>;
};

/** Prepared images of which only the asked splits are there; narrow by `kind`. */
export type LoadedData<Split extends SplitName> =
  WithSplits<ClassifiedImages, Split> | WithSplits<MultiTaskImages, Split>;

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
  const arrays = await Promise.all(
    splits.map(async (split) => {
      const files = splitFiles(content, split);
      const images = new Uint8Array(await readVerified(folder, files.images));
      const labels: ArrayBuffer[] = [];
      for (const file of files.labels) labels.push(await readVerified(folder, file));
      return { split, images, labels };
    }),
  );
  const { image, normalisation } = content;
  // What `fromEntries` makes is a record of exactly the asked splits; its type cannot say so.
  if (content.kind === "classified-images") {
    const loaded = arrays.map(({ split, images, labels: [labels = new ArrayBuffer()] }) => [
      split,
      { images, labels: new Uint16Array(labels), classNames: content.splits[split].classNames },
    ]);
    return {
      kind: content.kind,
      image,
      normalisation,
      splits: Object.fromEntries(loaded) as Pick<ClassifiedImages["splits"], Split>,
    };
  }
  const { tasks } = content;
  const loaded = arrays.map(({ split, images, labels }) => [
    split,
    {
      images,
      targets: Object.fromEntries(
        tasks.map(({ id }, i) => [id, new Uint8Array(labels[i] ?? new ArrayBuffer())]),
      ),
    },
  ]);
  return {
    kind: content.kind,
    image,
    normalisation,
    tasks,
    splits: Object.fromEntries(loaded) as Pick<MultiTaskImages["splits"], Split>,
  };
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
