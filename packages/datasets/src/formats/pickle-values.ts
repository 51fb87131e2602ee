/** A name of a Python module that numpy's pickles refer to; never called. */
export class Global {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** The type of a numpy array's elements: `u1`, `i4`, `i8`. */
export class Dtype {
  readonly code: string;
  constructor(code: string) {
    this.code = code;
  }
}

/** Bytes that are left in their file. */
export class FileSlice {
  readonly length: number;
  /** A copy of `count` bytes, counted from the start of the slice. */
  readonly read: (at: number, count: number) => Uint8Array;
  constructor(length: number, read: FileSlice["read"]) {
    this.length = length;
    this.read = read;
  }
}

/** A numpy array in row-major order. `data` are its bytes; undefined until the pickle has given them. */
export class NumpyArray {
  shape: readonly number[] = [];
  code = "";
  data: Uint8Array | FileSlice | undefined;
}

/** A Python dictionary; bytes as keys are read as Latin-1. */
export type Dictionary = Map<string | number, Slot>;

/** A value on the stack of a pickle. */
export type Slot =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | FileSlice
  | Slot[]
  | Dictionary
  | Global
  | Dtype
  | NumpyArray;

// No name is longer; turning the same huge bytes into text again and again would be a way to stall the reader.
const longestText = 1000;

/** Text of a value that is Python 2's `str`, Python 3's `bytes` or a string, of at most 1000 characters; undefined of any other. */
export function textOf(value: Slot | undefined): string | undefined {
  if (typeof value === "string") return value.length > longestText ? undefined : value;
  if (!(value instanceof Uint8Array) || value.length > longestText) return undefined;
  return Buffer.from(value).toString("latin1");
}
