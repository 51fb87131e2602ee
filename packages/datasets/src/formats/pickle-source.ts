import type { FilePages } from "./file-pages.ts";
import { FileSlice } from "./pickle-values.ts";

/** Where the bytes of a pickle come from. Both calls ask for no more than `length` says there is. */
export interface PickleSource {
  readonly length: number;
  bytes(from: number, length: number): Uint8Array;
  /** As `bytes`, but many bytes may be left where they are. */
  string(from: number, length: number): Uint8Array | FileSlice;
}

/** A pickle in memory; what it gives are views. */
export function pickleInMemory(whole: Uint8Array): PickleSource {
  const view = (from: number, length: number) => whole.subarray(from, from + length);
  return { length: whole.length, bytes: view, string: view };
}

/** Names, labels and lists of indices are shorter; arrays of images are longer. */
const longestCopied = 2 ** 20;

/** A pickle in a file, whose arrays of images stay there: they can be read as long as the file is open. */
export function pickleInFile(pages: FilePages): PickleSource {
  const bytes = (from: number, length: number) => {
    const read = pages.read(from, length);
    if (read.length < length) throw new Error("the file became shorter while it was read");
    return read;
  };
  return {
    length: pages.length,
    bytes,
    string: (from, length) =>
      length > longestCopied
        ? new FileSlice(length, (at, count) => bytes(from + at, count))
        : bytes(from, length),
  };
}
