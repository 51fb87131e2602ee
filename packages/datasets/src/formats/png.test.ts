import { encode } from "fast-png";
import { describe, expect, it } from "vitest";
import { decodeGreyPng } from "./png.ts";

/** 10×2 pixels of one bit, so that rows do not end on a byte. */
const bits = encode({
  width: 10,
  height: 2,
  depth: 1,
  channels: 1,
  data: Uint8Array.of(0b10110011, 0b01000000, 0b00001111, 0b11000000),
});
const extent = { width: 10, height: 2 };
const refuses = (bytes: Uint8Array, message: RegExp, expected = extent) => {
  expect(() => decodeGreyPng(bytes, "character.png", expected)).toThrow(
    expect.objectContaining({
      code: "data-corrupt",
      message: expect.stringMatching(message) as string,
    }) as Error,
  );
};

describe("decodeGreyPng", () => {
  it("unpacks one bit a pixel to 0 and 255", () => {
    const { pixels } = decodeGreyPng(bits, "character.png", extent);
    expect([...pixels].map((pixel) => pixel / 255).join("")).toBe("1011001101" + "0000111111");
  });

  it("gives eight bits a pixel as they are", () => {
    const data = Uint8Array.of(0, 1, 127, 255);
    const { pixels } = decodeGreyPng(
      encode({ width: 2, height: 2, depth: 8, channels: 1, data }),
      "grey.png",
      {
        width: 2,
        height: 2,
      },
    );
    expect(pixels).toEqual(data);
  });

  it("refuses every truncation", () => {
    // The last 12 bytes are the end chunk, of which only the loss of the whole or a part must be noticed too.
    for (let length = 0; length < bits.length; length += 1)
      refuses(bits.subarray(0, length), /character\.png/);
  });

  it("refuses a flipped bit anywhere", () => {
    for (let at = 0; at < bits.length; at += 1) {
      const damaged = bits.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      refuses(damaged, /character\.png/);
    }
  });

  it("refuses another extent before unpacking, colours, and other bytes", () => {
    refuses(bits, /10×2 pixels large, not 105×105/, { width: 105, height: 105 });
    const colour = encode({ width: 10, height: 2, depth: 8, channels: 3, data: new Uint8Array(60) });
    refuses(colour, /3 channels of 8 bits/);
    refuses(new TextEncoder().encode("GIF89a and something more to fill the header"), /no PNG/);
  });
});
