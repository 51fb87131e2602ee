import type { Slot } from "./pickle-values.ts";

/** State of a pickle being read: the bytes, how far they are read, the stack with its marks, and the memo. */
export class Machine {
  position = 0;
  #spent = 0;
  readonly memo = new Map<number, Slot>();
  #stack: Slot[] = [];
  readonly #below: Slot[][] = [];
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The next `length` bytes, as a view. */
  take(length: number): Uint8Array {
    const from = this.#advance(length);
    return this.#bytes.subarray(from, from + length);
  }

  /** The next byte, 0 to 255. */
  byte(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  unsigned16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  unsigned32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  signed32(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  unsigned64(): number {
    return Number(this.#view.getBigUint64(this.#advance(8), true));
  }

  /** Text up to the next line feed, which is skipped. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.position);
    if (end === -1 || end - this.position > 200)
      throw new Error("it is cut off in a name, or the name is too long");
    const text = Buffer.from(this.take(end - this.position)).toString("latin1");
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
    if (this.#spent > this.#bytes.length) throw new Error("it unpacks to more bytes than it has");
  }

  #advance(length: number): number {
    const from = this.position;
    if (from + length > this.#bytes.length)
      throw new Error(
        `it is cut off: at byte ${String(from)} it announces ${String(length)} more, of which ${String(this.#bytes.length - from)} are there`,
      );
    this.position = from + length;
    return from;
  }
}
