import { readFile } from "node:fs/promises";
import { defineDataset, type DatasetPlugin, type Source } from "@metabench/core";
import { z } from "zod";

/** What a test may choose of the data set. */
export interface StripesChoice {
  readonly sources?: readonly Source[];
  readonly pinned?: string | null;
  readonly onPrepare?: () => void;
}

/** Where the data set's one file comes from if the test does not say. */
export const stripesSource: Extract<Source, { from: "data-root" }> = {
  from: "data-root",
  name: "ink",
  file: "stripes/ink.bin",
  url: null,
  checksum: null,
  instructions: "Ask the author for ink.bin.",
};

/** A small data set of three classes of striped 2×2 pictures, one a split, inked with the first byte of its file. */
export function stripes({
  sources = [stripesSource],
  pinned = null,
  onPrepare,
}: StripesChoice = {}): DatasetPlugin {
  return defineDataset({
    id: "stripes",
    version: "1.0.0",
    title: "Stripes",
    summary: "Striped pictures.",
    reference: null,
    licence: { name: "CC0", url: "https://creativecommons.org/publicdomain/zero/1.0/" },
    options: z.strictObject({ perClass: z.int().default(3) }),
    sources: () => sources,
    contentHash: () => pinned,
    async prepare(files, { perClass }) {
      onPrepare?.();
      const [ink = 0] = await readFile(files["ink"] ?? "");
      const split = (name: string) => ({
        images: Uint8Array.from({ length: perClass * 4 }, (_, i) => (i % 2 === 0 ? ink : name.length)),
        labels: new Uint16Array(perClass),
        classNames: [name],
      });
      return {
        kind: "classified-images",
        image: [2, 2, 1],
        normalisation: { mean: [0], deviation: [1] },
        splits: { train: split("a"), validation: split("bb"), test: split("ccc") },
      };
    },
  });
}
