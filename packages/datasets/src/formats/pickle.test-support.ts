/** A value to pickle: `bytes` as Python 2's `str`; an array of bytes with its shape. */
export type Pickleable =
  | number
  | string
  | readonly Pickleable[]
  | { readonly array: Uint8Array; readonly shape: readonly number[] }
  | Dict;
interface Dict {
  readonly dict: Readonly<Record<string, Pickleable>>;
}

const latin1 = (text: string) => Buffer.from(text, "latin1");
const op = (code: string, ...rest: readonly Uint8Array[]) => Buffer.concat([latin1(code), ...rest]);
const unsigned32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const integer = (value: number) => op("J", unsigned32(value));
const shortString = (text: string) => op("U", Uint8Array.of(text.length), latin1(text));
const dtype = op(
  "cnumpy\ndtype\n",
  latin1("U\x02u1K\x00K\x01\x87R(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb"),
);

function part(value: Pickleable): Buffer {
  if (typeof value === "number") return integer(value);
  if (typeof value === "string") return shortString(value);
  if ("dict" in value)
    return op(
      "}(",
      ...Object.entries(value.dict).flatMap(([key, item]) => [shortString(key), part(item)]),
      latin1("u"),
    );
  if ("array" in value)
    return op(
      "cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85U\x01b\x87R(K\x01(",
      ...value.shape.map(integer),
      latin1("t"),
      dtype,
      latin1("\x89T"),
      unsigned32(value.array.length),
      value.array,
      latin1("tb"),
    );
  return op("](", ...value.map(part), latin1("e"));
}

/** A pickle as Python 2 and numpy 1 wrote it in protocol 2, opcode by opcode, without its memo. */
export function pickle(value: Pickleable): Uint8Array {
  return op("\x80\x02", part(value), latin1("."));
}
