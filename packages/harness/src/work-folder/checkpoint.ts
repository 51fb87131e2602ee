import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Json } from "@metabench/core";
import writeFileAtomic from "write-file-atomic";
import { storeFailure } from "../store/index.ts";

/** Values of variables by name, without a backend. */
export type Snapshot = Readonly<Record<string, Float32Array | Int32Array>>;

/** Snapshots by name, and JSON beside them. */
export interface Checkpoint {
  readonly description: Json;
  readonly snapshots: Readonly<Record<string, Snapshot>>;
}

interface Header {
  readonly description: Json;
  readonly arrays: readonly {
    readonly snapshot: string;
    readonly name: string;
    readonly type: "float32" | "int32";
    readonly length: number;
  }[];
}

/**
 * Writes a checkpoint whole or not at all: header length, JSON header, then the arrays, little-endian.
 *
 * @throws MetabenchError `store-failed` where the disk does not take it
 */
export async function writeCheckpoint(
  folder: string,
  file: string,
  { description, snapshots }: Checkpoint,
): Promise<void> {
  const entries = Object.entries(snapshots).flatMap(([snapshot, arrays]) =>
    Object.entries(arrays).map(([name, values]) => ({ snapshot, name, values })),
  );
  const header: Header = {
    description,
    arrays: entries.map(({ snapshot, name, values }) => ({
      snapshot,
      name,
      type: values instanceof Int32Array ? "int32" : "float32",
      length: values.length,
    })),
  };
  const text = Buffer.from(JSON.stringify(header), "utf8");
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  const arrays = entries.map(({ values }) =>
    Buffer.from(values.buffer, values.byteOffset, values.byteLength),
  );
  const path = join(folder, file);
  await writeFileAtomic(path, Buffer.concat([length, text, ...arrays])).catch((cause: unknown) => {
    throw storeFailure(`${path} cannot be written`, cause);
  });
}

/** Reads a checkpoint; null where there is none. */
export async function readCheckpoint(folder: string, file: string): Promise<Checkpoint | null> {
  let bytes: Buffer;
  try {
    bytes = await readFile(join(folder, file));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  const headerLength = bytes.readUInt32LE(0);
  const header = JSON.parse(bytes.toString("utf8", 4, 4 + headerLength)) as Header;
  const snapshots: Record<string, Record<string, Float32Array | Int32Array>> = {};
  let at = 4 + headerLength;
  for (const { snapshot, name, type, length } of header.arrays) {
    // Copied, since the bytes of a file lie at any offset and typed arrays want a multiple of four.
    const copy = bytes.buffer.slice(bytes.byteOffset + at, bytes.byteOffset + at + 4 * length) as ArrayBuffer;
    (snapshots[snapshot] ??= {})[name] = type === "int32" ? new Int32Array(copy) : new Float32Array(copy);
    at += 4 * length;
  }
  return { description: header.description, snapshots };
}
