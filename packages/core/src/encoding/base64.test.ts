import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byteLength, fromBase64, toBase64 } from "./base64.ts";

describe("base64", () => {
  // RFC 4648, section 10.
  it.each([
    ["", ""],
    ["f", "Zg=="],
    ["fo", "Zm8="],
    ["foo", "Zm9v"],
    ["foob", "Zm9vYg=="],
    ["fooba", "Zm9vYmE="],
    ["foobar", "Zm9vYmFy"],
  ])("writes %j as %j", (text, written) => {
    const bytes = Uint8Array.from(Buffer.from(text));
    expect(toBase64(bytes)).toBe(written);
    expect(fromBase64(written)).toEqual(bytes);
  });

  it("agrees with Node, and knows the number of bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = toBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64"));
        expect(fromBase64(text)).toEqual(bytes);
        expect(byteLength(text)).toBe(bytes.length);
      }),
    );
  });

  it.each(["Zg", "Zg=", "Z===", "Zm9v!", "Zm9v\n"])("refuses %j", (text) => {
    expect(() => fromBase64(text)).toThrow();
  });
});
