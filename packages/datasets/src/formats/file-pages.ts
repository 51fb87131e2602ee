import { closeSync, fstatSync, openSync, readSync } from "node:fs";

const pageBytes = 2 ** 20;
/** An archive is read at its directory and at its entries in turn, each of which may lie across two pages. */
const keptPages = 4;

/** A file of which a few pages are held at a time: thousands of small reads are then a few large ones. */
export class FilePages {
  /** Bytes of the file. */
  readonly length: number;
  readonly #file: number;
  readonly #pages = new Map<number, Uint8Array>();

  constructor(path: string) {
    this.#file = openSync(path, "r");
    this.length = fstatSync(this.#file).size;
  }

  /** A copy of the bytes from a position; fewer than asked for where the file ends before. */
  read(position: number, length: number): Uint8Array {
    const there = Math.max(0, Math.min(length, this.length - position));
    const bytes = new Uint8Array(there);
    if (there >= pageBytes) return bytes.subarray(0, this.#fill(bytes, position));
    let filled = 0;
    while (filled < there) {
      const at = position + filled;
      const index = Math.floor(at / pageBytes);
      const part = this.#page(index)
        .subarray(at - index * pageBytes)
        .subarray(0, there - filled);
      if (part.length === 0) break;
      bytes.set(part, filled);
      filled += part.length;
    }
    return bytes.subarray(0, filled);
  }

  close(): void {
    this.#pages.clear();
    closeSync(this.#file);
  }

  #page(index: number): Uint8Array {
    const kept = this.#pages.get(index);
    this.#pages.delete(index);
    const buffer = kept ?? new Uint8Array(Math.min(pageBytes, this.length - index * pageBytes));
    const page = kept ?? buffer.subarray(0, this.#fill(buffer, index * pageBytes));
    // The page used last stands last; the first one goes.
    this.#pages.set(index, page);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > keptPages && oldest !== undefined) this.#pages.delete(oldest);
    return page;
  }

  /** One read may give less than was asked for. */
  #fill(buffer: Uint8Array, position: number): number {
    let filled = 0;
    while (filled < buffer.length) {
      const read = readSync(this.#file, buffer, filled, buffer.length - filled, position + filled);
      if (read === 0) break;
      filled += read;
    }
    return filled;
  }
}
