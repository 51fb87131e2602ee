import { Dtype, FileSlice, Global, NumpyArray, textOf, type Slot } from "./pickle-values.ts";

/** The names with which numpy, before and since 2.0, and Python 3 in protocol 2 write an array of numbers. */
const known: ReadonlyMap<string, Global> = new Map(
  [
    ["numpy.core.multiarray", "_reconstruct"],
    ["numpy._core.multiarray", "_reconstruct"],
    ["numpy.core.numeric", "_frombuffer"],
    ["numpy._core.numeric", "_frombuffer"],
    ["numpy", "ndarray"],
    ["numpy", "dtype"],
    ["_codecs", "encode"],
  ].map(([module, name]) => [`${String(module)}.${String(name)}`, new Global(String(name))]),
);

/** Bytes of an element, by type. */
const sizes: ReadonlyMap<string, number> = new Map([
  ["u1", 1],
  ["i4", 4],
  ["i8", 8],
]);

/** The name a pickle refers to. Refuses all but the few that arrays are made of: a pickle may name `os.system`. */
export function global(module: string, name: string): Global {
  const found = known.get(`${module}.${name}`);
  if (found === undefined)
    throw new Error(`it refers to ${module}.${name}, which no file of images needs and which may do harm`);
  return found;
}

/**
 * What Python would get by calling `callee` with `values`.
 *
 * @param spend - told of bytes that are made rather than viewed
 */
export function reduce(callee: Slot, values: Slot, spend: (bytes: number) => void): Slot {
  const name = callee instanceof Global ? callee.name : "a value";
  const [first, second, third, order] = Array.isArray(values) ? values : [];
  if (name === "_reconstruct" && first instanceof Global && first.name === "ndarray") return new NumpyArray();
  if (name === "dtype") return dtype(textOf(first) ?? "");
  if (name === "encode" && typeof first === "string" && textOf(second) === "latin1") {
    spend(first.length);
    return Buffer.from(first, "latin1");
  }
  if (name === "_frombuffer") {
    if (textOf(order) !== "C") throw new Error("an array in it is not in row-major order");
    return fill(new NumpyArray(), third, second, first);
  }
  throw new Error(`it calls ${name} as no array is made`);
}

/** Completes an object with its state: an array, or the type of its elements. */
export function build(object: Slot, state: Slot): void {
  const parts = Array.isArray(state) ? state : [];
  if (object instanceof NumpyArray) {
    const [, shape, type, columnMajor, data] = parts;
    if (columnMajor !== false && columnMajor !== 0)
      throw new Error("an array in it is not in row-major order");
    fill(object, shape, type, data);
    return;
  }
  if (!(object instanceof Dtype)) throw new Error("it gives a state to what has none");
  const [, byteOrder, , names, fields] = parts;
  if (!["|", "<", "="].includes(textOf(byteOrder) ?? "") || names !== null || fields !== null)
    throw new Error(`an array's type in it is no plain little-endian ${object.code}`);
}

function dtype(code: string): Dtype {
  if (!sizes.has(code)) throw new Error(`it holds numbers of type "${code}", not one of u1, i4, i8`);
  return new Dtype(code);
}

function fill(
  array: NumpyArray,
  shape: Slot | undefined,
  type: Slot | undefined,
  data: Slot | undefined,
): NumpyArray {
  if (
    !Array.isArray(shape) ||
    !(type instanceof Dtype) ||
    !(data instanceof Uint8Array || data instanceof FileSlice)
  )
    throw new Error("an array in it lacks shape, type or bytes");
  const extents = shape.map((extent) =>
    typeof extent === "number" && Number.isInteger(extent) && extent >= 0 ? extent : Number.NaN,
  );
  const expected = extents.reduce((product, extent) => product * extent, sizes.get(type.code) ?? Number.NaN);
  if (data.length !== expected)
    throw new Error(
      `an array in it of shape [${extents.join(", ")}] has ${String(data.length)} bytes, not ${String(expected)}`,
    );
  array.shape = extents;
  array.code = type.code;
  array.data = data;
  return array;
}
