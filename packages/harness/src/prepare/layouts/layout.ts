import type { Content, MetabenchError, SplitName, StoredData } from "@metabench/core";

/** A file of a prepared folder: one array, its extent and hash. */
export interface ArrayFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** An array of prepared data, as it lies in memory; numbers of several bytes are little-endian. */
export type StoredArray = Uint8Array | Uint16Array | Uint32Array | Float32Array;

/** Data of which only the asked splits are there. */
export type WithSplits<Data extends StoredData, Split extends SplitName> = Omit<Data, "splits"> & {
  readonly splits: Readonly<Pick<Data["splits"], Split>>;
};

/** The content of one kind of data. */
export type ContentOf<Data extends StoredData> = Extract<Content, { kind: Data["kind"] }>;

/** How one kind of data is kept as arrays in files. Data of a new kind need one of these, and nothing else here changes. */
export interface Layout<Data extends StoredData> {
  /** Names and checks of the files of a split. */
  files(content: ContentOf<Data>, split: SplitName): readonly ArrayFile[];
  /** The arrays of a split, in the order of its files. */
  arrays(data: Data, split: SplitName): readonly StoredArray[];
  /** The data again; `arrays` holds those of each asked split in the order of its files. */
  load<Split extends SplitName>(
    content: ContentOf<Data>,
    arrays: Readonly<Record<Split, readonly ArrayBuffer[]>>,
  ): WithSplits<Data, Split>;
  /** Checks that the arrays fit together. @throws what `broken` makes, naming split and fault */
  check(data: Data, broken: (what: string) => MetabenchError): void;
}

/** One value per asked split. */
export function perSplit<Split extends SplitName, In, Out>(
  arrays: Readonly<Record<Split, In>>,
  make: (arrays: In, split: Split) => Out,
): Record<Split, Out> {
  const entries = (Object.entries(arrays) as [Split, In][]).map(([split, own]) => [split, make(own, split)]);
  // What `fromEntries` makes is a record of exactly these splits, which its type cannot say.
  return Object.fromEntries(entries) as Record<Split, Out>;
}

/** The array at a place, empty where there is none. */
export const bufferAt = (arrays: readonly ArrayBuffer[], place: number): ArrayBuffer =>
  arrays[place] ?? new ArrayBuffer();
