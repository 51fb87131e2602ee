import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { zipEntries, type ZipEntry } from "./zip.ts";
import { handMadeZip, type HandMadeEntry } from "./zip.test-support.ts";

const limits = { entries: 10, entryBytes: 1000, totalBytes: 2500 };
const text = (message: string) => new TextEncoder().encode(message);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "metabench-zip-"));
});
afterAll(async () => rm(folder, { recursive: true }));

async function unpack(
  archive: Uint8Array,
  wanted: (name: string) => boolean = () => true,
): Promise<ZipEntry[]> {
  const path = join(folder, "archive.zip");
  await writeFile(path, archive);
  return Array.fromAsync(zipEntries(path, limits, wanted));
}

describe("zipEntries", () => {
  it("gives wanted files with their bytes, folders and others left out", async () => {
    const archive = handMadeZip([
      { name: "a/", bytes: text("") },
      { name: "a/one.png", bytes: text("first") },
      { name: "a/notes.txt", bytes: text("not wanted") },
      { name: "a/two.png", bytes: text("") },
    ]);
    expect(await unpack(archive, (name) => name.endsWith(".png"))).toEqual([
      { name: "a/one.png", bytes: Buffer.from("first") },
      { name: "a/two.png", bytes: Buffer.from("") },
    ]);
  });

  const honest: HandMadeEntry = { name: "image.png", bytes: text("bytes") };
  it.each<[string, HandMadeEntry[], RegExp]>([
    ["a name that leaves the folder", [{ ...honest, name: "../evil.png" }], /relative path.*evil/],
    ["a name that leaves it in the middle", [{ ...honest, name: "a/../../evil.png" }], /relative path/],
    ["a name that leaves it by backslashes", [{ ...honest, name: "..\\evil.png" }], /relative path/],
    ["an absolute name", [{ ...honest, name: "/etc/evil.png" }], /absolute path/],
    ["a drive name", [{ ...honest, name: "C:\\evil.png" }], /absolute path/],
    ["a symbolic link", [{ ...honest, mode: 0o120777 }], /image\.png is a symbolic link/],
    ["an encrypted entry", [{ ...honest, encrypted: true }], /encrypted/],
    ["a repeated name", [honest, honest], /image\.png appears twice/],
    ["a wrong CRC-32", [{ ...honest, claimedCrc: 1 }], /CRC-32/],
    [
      "more bytes than declared",
      [{ ...honest, bytes: new Uint8Array(900), claimedSize: 10 }],
      /larger than|output length/,
    ],
    ["fewer bytes than declared", [{ ...honest, claimedSize: 10 }], /5 bytes, not 10/],
    ["a huge entry", [{ ...honest, bytes: new Uint8Array(1001) }], /1001 bytes.*more than the 1000/],
    [
      "too many bytes in all",
      [1, 2, 3].map((n) => ({ name: `${String(n)}.png`, bytes: new Uint8Array(900) })),
      /2700 so far/,
    ],
    [
      "too many entries",
      Array.from({ length: 11 }, (_, n) => ({ ...honest, name: `${String(n)}.png` })),
      /11 entries, more than the 10/,
    ],
  ])("refuses %s", async (_, entries, message) => {
    await expect(unpack(handMadeZip(entries))).rejects.toMatchObject({
      code: "data-corrupt",
      message: expect.stringMatching(message) as string,
    });
  });

  it("refuses a truncated archive and what is no archive, by name", async () => {
    const whole = handMadeZip([honest]);
    for (const bytes of [whole.subarray(0, whole.length - 10), text("no archive at all"), new Uint8Array()])
      await expect(unpack(bytes)).rejects.toMatchObject({
        code: "data-corrupt",
        message: expect.stringContaining("archive.zip") as string,
      });
  });
});
