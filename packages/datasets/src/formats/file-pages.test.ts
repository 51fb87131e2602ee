import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
import { FilePages } from "./file-pages.ts";

it("gives the bytes of any stretch of a file, as far as there are any", () => {
  const folder = mkdtempSync(join(tmpdir(), "metabench-file-pages-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const whole = Uint8Array.from({ length: 6 * 2 ** 20 + 123 }, (_, at) => (at * 2654435761) >>> 13);
  writeFileSync(join(folder, "file"), whole);
  const pages = new FilePages(join(folder, "file"));
  expect(pages.length).toBe(whole.length);
  const positions = fc.oneof(
    fc.nat(whole.length + 10),
    // About the ends of pages, and of the file.
    fc
      .tuple(fc.nat(6), fc.integer({ min: -3, max: 130 }))
      .map(([page, off]) => Math.max(0, page * 2 ** 20 + off)),
  );
  fc.assert(
    fc.property(positions, fc.oneof(fc.nat(300), fc.nat(3 * 2 ** 20)), (from, length) => {
      const expected = whole.subarray(from, from + length);
      expect(Buffer.compare(pages.read(from, length), expected)).toBe(0);
    }),
  );
  pages.close();
});
