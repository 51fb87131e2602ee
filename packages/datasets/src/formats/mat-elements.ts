/** A piece of a MAT-file: the code of its type, and its bytes. */
export interface MatElement {
  readonly type: number;
  readonly data: DataView;
}

/** Type codes of the elements that hold other elements. */
export const elementTypes = { matrix: 14, compressed: 15 } as const;

const tagBytes = 8;
/** An element of at most 4 bytes may stand within its own tag, after type and length of two bytes each. */
const smallBytes = 4;

const padded = (length: number) => Math.ceil(length / 8) * 8;

/**
 * Reads the elements of a MAT-file one after the other: a tag of 8 bytes with type and length, the data, bytes that fill up to a multiple
 * of 8. "MAT-File Format", section "Data Element Format": https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf
 */
export class MatElements {
  readonly #bytes: DataView;
  readonly #littleEndian: boolean;
  #at = 0;

  constructor(bytes: DataView, littleEndian: boolean) {
    this.#bytes = bytes;
    this.#littleEndian = littleEndian;
  }

  /** True after the last element. */
  get done(): boolean {
    return this.#at >= this.#bytes.byteLength;
  }

  /** The next element. Throws an `Error` where the bytes end before it does. */
  next(): MatElement {
    const left = this.#bytes.byteLength - this.#at;
    if (left < tagBytes)
      throw new Error(`it ends within a tag (${String(left)} of ${String(tagBytes)} bytes)`);
    const word = this.#bytes.getUint32(this.#at, this.#littleEndian);
    const small = word >>> 16;
    if (small > 0) {
      if (small > smallBytes) throw new Error(`a small element claims ${String(small)} bytes, more than 4`);
      return this.#take(word & 0xffff, smallBytes, small, tagBytes);
    }
    const length = this.#bytes.getUint32(this.#at + 4, this.#littleEndian);
    if (length > left - tagBytes)
      throw new Error(
        `it is cut off: an element claims ${String(length)} bytes, and ${String(left - tagBytes)} are left`,
      );
    // Compressed elements alone are followed by no filling.
    const whole = tagBytes + (word === elementTypes.compressed ? length : padded(length));
    return this.#take(word, tagBytes, length, whole);
  }

  #take(type: number, from: number, length: number, whole: number): MatElement {
    const { buffer, byteOffset } = this.#bytes;
    const data = new DataView(buffer, byteOffset + this.#at + from, length);
    this.#at += whole;
    return { type, data };
  }
}
