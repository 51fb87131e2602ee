import type { PickleSource } from "./pickle-source.ts";
import type { FileSlice, Slot } from "./pickle-values.ts";

const longestName = 200;

/** State of a pickle being read: where its bytes come from, how far they are read, the stack with its marks, and the memo. */
export class Machine {
  position = 0;
  #spent = 0;
  readonly memo = new Map<number, Slot>();
  #stack: Slot[] = [];
  readonly #below: Slot[][] = [];
  readonly #source: PickleSource;

  constructor(source: PickleSource) {
    this.#source = source;
  }

  /** The next `length` bytes. */
  take(length: number): Uint8Array {
    return this.#source.bytes(this.#advance(length), length);
  }

  /** The next `length` bytes, left in the file where they are many. */
  string(length: number): Uint8Array | FileSlice {
    return this.#source.string(this.#advance(length), length);
  }

  /** The next byte, 0 to 255. */
  byte(): number {
    return this.#next(1).getUint8(0);
  }

  unsigned16(): number {
    return this.#next(2).getUint16(0, true);
  }

  unsigned32(): number {
    return this.#next(4).getUint32(0, true);
  }

  signed32(): number {
    return this.#next(4).getInt32(0, true);
  }

  unsigned64(): number {
    return Number(this.#next(8).getBigUint64(0, true));
  }

  /** Text up to the next line feed, which is skipped. */
  line(): string {
    const ahead = Math.min(longestName + 1, this.#source.length - this.position);
    const length = this.#source.bytes(this.position, ahead).indexOf(0x0a);
    if (length === -1) throw new Error("it is cut off in a name, or the name is too long");
    const text = Buffer.from(this.take(length)).toString("latin1");
    this.position += 1;
    return text;
  }

  push(value: Slot): void {
    this.#stack.push(value);
  }

  pop(): Slot {
    const value = this.#stack.pop();
    if (value === undefined) throw new Error("it takes a value that is not there");
    return value;
  }

  /** The value on top, left there. */
  top(): Slot {
    const value = this.#stack.at(-1);
    if (value === undefined) throw new Error("it needs a value that is not there");
    return value;
  }

  mark(): void {
    this.#below.push(this.#stack);
    this.#stack = [];
  }

  /** The values since the last mark, taken off with it. */
  popToMark(): Slot[] {
    const values = this.#stack;
    const below = this.#below.pop();
    if (below === undefined) throw new Error("it needs a mark that is not there");
    this.#stack = below;
    return values;
  }

  /** Counts bytes that are made rather than viewed: an honest pickle makes no more than it has. */
  spend(bytes: number): void {
    this.#spent += bytes;
    if (this.#spent > this.#source.length) throw new Error("it unpacks to more bytes than it has");
  }

  #next(length: number): DataView {
    const bytes = this.take(length);
    return new DataView(bytes.buffer, bytes.byteOffset, length);
  }

  #advance(length: number): number {
    const from = this.position;
    if (from + length > this.#source.length)
      throw new Error(
        `it is cut off: at byte ${String(from)} it announces ${String(length)} more, of which ${String(this.#source.length - from)} are there`,
      );
    this.position = from + length;
    return from;
  }
}
