import { elementTypes, MatElements, type MatElement } from "./mat-elements.ts";
import { numbersOf } from "./mat-numbers.ts";
import type { MatValue } from "./mat-values.ts";

/** An array of a MAT-file with its variable's name, which is empty within a cell array. */
export interface NamedArray {
  readonly name: string;
  readonly value: MatValue;
}

/** MATLAB's classes of arrays, by code. */
const classes = [
  ...["none", "cell", "struct", "object", "char", "sparse", "double", "single", "int8", "uint8", "int16"],
  ...["uint16", "int32", "uint32", "int64", "uint64", "function handle", "opaque object"],
];
const [cell, opaque] = [classes.indexOf("cell"), classes.indexOf("opaque object")];
const [firstNumeric, lastNumeric] = [classes.indexOf("double"), classes.indexOf("uint64")];
const complexFlag = 0x0800;
/** Cells within cells; a damaged file must not exhaust the stack. */
const deepest = 32;

/** Reads an array from an element of type matrix. Throws an `Error` where the element is none, or broken. */
export function arrayOf({ type, data }: MatElement, littleEndian: boolean, depth = 0): NamedArray {
  if (type !== elementTypes.matrix) throw new Error(`an element of type ${String(type)} is no array`);
  if (depth > deepest) throw new Error(`its cells are nested more than ${String(deepest)} deep`);
  // An empty cell is an array without any content.
  if (data.byteLength === 0)
    return { name: "", value: { kind: "matrix", shape: [0, 0], values: new Float64Array() } };

  const parts = new MatElements(data, littleEndian);
  const [flags = 0] = numbersOf(parts.next(), littleEndian);
  const code = flags & 0xff;
  const shape = code === opaque ? [] : shapeOf(parts.next(), littleEndian);
  const name = textOf(parts.next());
  const size = shape.reduce((product, length) => product * length, 1);

  if (code === cell) {
    const cells: MatValue[] = [];
    while (cells.length < size) cells.push(arrayOf(parts.next(), littleEndian, depth + 1).value);
    return { name, value: { kind: "cells", shape, cells } };
  }
  const complex = (flags & complexFlag) !== 0;
  if (code < firstNumeric || code > lastNumeric || complex) {
    const what = `${complex ? "complex " : ""}${classes[code] ?? `class ${String(code)}`}`;
    return { name, value: { kind: "unread", what } };
  }
  const values = numbersOf(parts.next(), littleEndian);
  if (values.length !== size)
    throw new Error(
      `array "${name}" should have ${shape.join("×")} = ${String(size)} numbers, but has ${String(values.length)}`,
    );
  return { name, value: { kind: "matrix", shape, values } };
}

function shapeOf(element: MatElement, littleEndian: boolean): readonly number[] {
  const shape = [...numbersOf(element, littleEndian)];
  if (shape.length < 2 || !shape.every((length) => Number.isInteger(length) && length >= 0))
    throw new Error(`[${shape.join(", ")}] are no dimensions of an array`);
  return shape;
}

const textOf = ({ data: { buffer, byteOffset, byteLength } }: MatElement) =>
  new TextDecoder("latin1").decode(new Uint8Array(buffer, byteOffset, byteLength));
