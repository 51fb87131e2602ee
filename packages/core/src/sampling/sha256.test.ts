import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256Hex, sha256Words } from "./sha256.ts";

describe("sha256Hex", () => {
  // FIPS 180-2, appendix B, and NIST's examples for SHA-256.
  it.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
    [
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1",
    ],
    ["a".repeat(1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"],
  ])("gives the published digest of %j", (message, digest) => {
    expect(sha256Hex(message)).toBe(digest);
  });

  it("agrees with OpenSSL at every length around a block", () => {
    for (let length = 0; length < 200; length += 1) {
      const bytes = new Uint8Array(length).map((_, i) => i * 7 + length);
      expect(sha256Hex(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
    }
  });

  it("agrees with OpenSSL on any string, in UTF-8", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        expect(sha256Hex(text)).toBe(createHash("sha256").update(text, "utf8").digest("hex"));
      }),
    );
  });

  it("hashes a view, not the buffer behind it", () => {
    const bytes = Uint8Array.from([9, 97, 98, 99, 9]);
    expect(sha256Hex(bytes.subarray(1, 4))).toBe(sha256Hex("abc"));
  });
});

describe("sha256Words", () => {
  it("gives the digest's words, most significant first", () => {
    expect(sha256Words("abc")[0]).toBe(0xba7816bf | 0);
  });
});
