import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pickleInMemory } from "./pickle-source.ts";
import { readPickle } from "./pickle.ts";
import { pickle } from "./pickle.test-support.ts";
import { NumpyArray } from "./pickle-values.ts";

const latin1 = (text: string) => Buffer.from(text, "latin1");
const read = (text: string) => readPickle(pickleInMemory(latin1(text)), "file.pkl");

// CPython 3.11.7: pickle.dumps({"a": [1, 300, -1, 2**40], b"b": (None, True, "ü"), "c": (b"xy",) * 2}, protocol).hex()
const fromPython: readonly (readonly [number, string])[] = [
  [
    2,
    "80027d71002858010000006171015d7102284b014d2c014affffffff8a0600000000000165635f636f646563730a656e636f64650a7103580100000062710458060000" +
      "006c6174696e3171058671065271074e885802000000c3bc7108877109580100000063710a680358020000007879710b680586710c52710d680d86710e752e",
  ],
  [
    3,
    "80037d71002858010000006171015d7102284b014d2c014affffffff8a060000000000016543016271034e885802000000c3bc71048771055801000000637106430278" +
      "7971076807867108752e",
  ],
  [
    4,
    "80049539000000000000007d94288c0161945d94284b014d2c014affffffff8a0600000000000165430162944e888c02c3bc9487948c016394430278799468078694752e",
  ],
  [
    5,
    "80059539000000000000007d94288c0161945d94284b014d2c014affffffff8a0600000000000165430162944e888c02c3bc9487948c016394430278799468078694752e",
  ],
];

describe("readPickle", () => {
  it.each(fromPython)("reads plain values as Python writes them in protocol %i", (_, hex) => {
    expect(readPickle(pickleInMemory(Buffer.from(hex, "hex")), "file.pkl")).toEqual(
      new Map<string, unknown>([
        ["a", [1, 300, -1, 2 ** 40]],
        ["b", [null, true, "ü"]],
        ["c", [latin1("xy"), latin1("xy")]],
      ]),
    );
  });

  it("reads arrays of bytes as numpy writes them, without copying", () => {
    const bytes = pickle({ dict: { data: { array: Uint8Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] } } });
    const value = readPickle(pickleInMemory(bytes), "file.pkl");
    const array = value instanceof Map ? value.get("data") : undefined;
    expect(array).toBeInstanceOf(NumpyArray);
    expect(array).toMatchObject({ shape: [2, 3], code: "u1", data: Buffer.of(1, 2, 3, 4, 5, 6) });
    const { data } = array as NumpyArray;
    expect(data instanceof Uint8Array && data.buffer === bytes.buffer).toBe(true);
  });

  it("reads arrays as numpy 2 writes them in protocol 5", () => {
    const dtype =
      "\x8c\x05numpy\x8c\x05dtype\x93\x8c\x02u1\x89\x88\x87R(K\x03\x8c\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb";
    const array = `\x80\x05\x8c\x13numpy._core.numeric\x8c\x0b_frombuffer\x93(\x96\x02\0\0\0\0\0\0\0ab${dtype}K\x02\x85\x8c\x01CtR.`;
    expect(read(array)).toMatchObject({ shape: [2], data: latin1("ab") });
  });

  const [whole = ""] = [pickle({ dict: { data: { array: new Uint8Array(8), shape: [2, 4] } } })].map(
    (bytes) => Buffer.from(bytes).toString("latin1"),
  );
  it.each([
    ["calls a command", "cos\nsystem\n(U\x04true\x85R.", /refers to os\.system, which .* may do harm/],
    ["calls a command by a name on the stack", "\x8c\x05posix\x8c\x06system\x93.", /refers to posix\.system/],
    ["hides a command behind a known module", "cnumpy\nload\n.", /refers to numpy\.load/],
    ["calls eval", "c__builtin__\neval\n.", /refers to __builtin__\.eval/],
    ["calls what is a known name only", "cnumpy\nndarray\n)R.", /calls ndarray as no array is made/],
    ["makes an instance of a class", "(ios\nsystem\n.", /opcode 0x69/],
    ["makes an object anew", "cnumpy\ndtype\n)\x81.", /opcode 0x81/],
    ["looks up an extension", "\x82\x01.", /opcode 0x82/],
    ["loads a persistent object", "Pid\n.", /opcode 0x50/],
    ["holds Python objects in an array", "cnumpy\ndtype\nU\x02O8K\x00K\x01\x87R.", /numbers of type "O8"/],
    ["takes what is not there", "0.", /opcode 0x30/],
    ["reduces an empty stack", "R.", /a value that is not there/],
    ["refers to what was not stored", "h\x05.", /refers to value 5/],
    [
      "announces more than it has",
      "B\xff\xff\xff\xff.",
      /cut off: at byte 5 it announces 4294967295 more, of which 1 are/,
    ],
    ["announces a whole disk", "\x8e\xff\xff\xff\xff\xff\xff\xff\xff.", /cut off/],
    ["is of a protocol to come", "\x80\x06.", /protocol is 6/],
    ["ends unfinished", "cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n\x85R.", /unfinished/],
    ["is empty", "", /cut off: at byte 0/],
    [
      "gives an array too few bytes",
      whole.replace("T\x08\0\0\0" + "\0".repeat(8), "T\x07\0\0\0" + "\0".repeat(7)),
      /shape \[2, 4\] has 7 bytes, not 8/,
    ],
    ["is big-endian", whole.replace("U\x01|", "U\x01>"), /no plain little-endian/],
    ["is column-major", whole.replace("\x89T", "\x88T"), /row-major/],
  ])("refuses a pickle that %s", (_, text, message) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({ code: "data-corrupt", message: expect.stringMatching(message) as string }),
    );
    expect(() => read(text)).toThrow(/^file\.pkl .*fresh copy/);
  });

  it("refuses a bomb: one text made into bytes again and again", () => {
    const text = "X\x00\x04\0\0" + "x".repeat(1024) + "q\0";
    const again = "c_codecs\nencode\nh\0U\x06latin1\x86R";
    expect(() => read(text + again.repeat(200) + ".")).toThrow(/unpacks to more bytes than it has/);
  });

  it("refuses every truncation of a good pickle", () => {
    const good = pickle({ dict: { data: { array: new Uint8Array(20), shape: [20] }, labels: [1, 2] } });
    for (let length = 0; length < good.length; length += 1)
      expect(() => readPickle(pickleInMemory(good.subarray(0, length)), "file.pkl")).toThrow(/cut off/);
  });

  it("ends in a value or a refusal, whatever the bytes", () => {
    const good = pickle({ dict: { data: { array: new Uint8Array(20), shape: [20] }, labels: [1, 2] } });
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (at, byte) => {
        const changed = Uint8Array.from(good);
        changed[at] = byte;
        try {
          readPickle(pickleInMemory(changed), "file.pkl");
        } catch (error) {
          expect(error).toMatchObject({ code: "data-corrupt" });
        }
      }),
    );
  });
});
