import type { MatElement } from "./mat-elements.ts";

interface NumberType {
  readonly bytes: number;
  read(data: DataView, at: number, littleEndian: boolean): number;
}

const exact = (value: bigint) => {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new Error(`the integer ${String(value)} is too large to be held exactly`);
};

/** How numbers are stored, by the code of the element's type. */
const numberTypes: Readonly<Record<number, NumberType>> = {
  1: { bytes: 1, read: (data, at) => data.getInt8(at) },
  2: { bytes: 1, read: (data, at) => data.getUint8(at) },
  3: { bytes: 2, read: (data, at, little) => data.getInt16(at, little) },
  4: { bytes: 2, read: (data, at, little) => data.getUint16(at, little) },
  5: { bytes: 4, read: (data, at, little) => data.getInt32(at, little) },
  6: { bytes: 4, read: (data, at, little) => data.getUint32(at, little) },
  7: { bytes: 4, read: (data, at, little) => data.getFloat32(at, little) },
  9: { bytes: 8, read: (data, at, little) => data.getFloat64(at, little) },
  12: { bytes: 8, read: (data, at, little) => exact(data.getBigInt64(at, little)) },
  13: { bytes: 8, read: (data, at, little) => exact(data.getBigUint64(at, little)) },
};

/** The numbers of an element, whatever type they are stored as. Throws an `Error` where the element holds none. */
export function numbersOf({ type, data }: MatElement, littleEndian: boolean): Float64Array {
  const stored = numberTypes[type];
  if (!stored) throw new Error(`an element of type ${String(type)} stands where numbers should`);
  if (data.byteLength % stored.bytes !== 0)
    throw new Error(
      `${String(data.byteLength)} bytes are no whole count of numbers of ${String(stored.bytes)} bytes`,
    );
  return Float64Array.from({ length: data.byteLength / stored.bytes }, (_, i) =>
    stored.read(data, i * stored.bytes, littleEndian),
  );
}
