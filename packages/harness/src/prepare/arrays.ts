import type { Content, SplitName } from "@metabench/core";

/** A file of a prepared folder: one array, its extent and hash. */
export interface ArrayFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Files of one split: images `uint8`, then labels (little-endian `uint16`) or the targets (`uint8`) of each task in order. */
export interface SplitFiles {
  readonly images: ArrayFile;
  readonly labels: readonly ArrayFile[];
}

/** Names and checks of the files that hold a split. */
export function splitFiles(content: Content, split: SplitName): SplitFiles {
  if (content.kind === "classified-images") {
    const { images, labels } = content.splits[split];
    return {
      images: { file: `${split}.images.u8`, ...images },
      labels: [{ file: `${split}.labels.u16`, ...labels }],
    };
  }
  const { images, targets } = content.splits[split];
  return {
    images: { file: `${split}.images.u8`, ...images },
    labels: targets.map((target, task) => ({ file: `${split}.targets-${String(task)}.u8`, ...target })),
  };
}
