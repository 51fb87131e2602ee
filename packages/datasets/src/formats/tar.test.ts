import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tarEntries, type TarEntry } from "./tar.ts";
import { tar, tarGz, type TarTestEntry } from "./tar.test-support.ts";

const limits = { entries: 10, entryBytes: 1000, totalBytes: 20_000 };
const text = (message: string) => new TextEncoder().encode(message);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "metabench-tar-"));
});
afterAll(async () => rm(folder, { recursive: true }));

async function unpack(
  archive: Uint8Array,
  wanted: (name: string) => boolean = () => true,
): Promise<TarEntry[]> {
  const path = join(folder, "archive.tar.gz");
  await writeFile(path, archive);
  return Array.fromAsync(tarEntries(path, limits, wanted));
}

const refused = (message: RegExp) => ({
  code: "data-corrupt",
  message: expect.stringMatching(message) as string,
});

describe("tarEntries", () => {
  const honest: TarTestEntry = { name: "a/image", bytes: text("bytes") };

  it("gives wanted files with their bytes, folders and others left out, gzipped or not", async () => {
    const entries: TarTestEntry[] = [
      { name: "a/", type: "directory" },
      honest,
      { name: "a/notes", bytes: text("not wanted") },
      { name: "a/empty", bytes: text("") },
    ];
    const expected = [
      { name: "a/image", bytes: text("bytes") },
      { name: "a/empty", bytes: text("") },
    ];
    for (const archive of [await tarGz(entries), await tar(entries)])
      expect(await unpack(archive, (name) => name !== "a/notes")).toEqual(expected);
  });

  it.each<[string, TarTestEntry[], RegExp]>([
    ["a name that leaves the folder", [{ ...honest, name: "../evil" }], /\.\.\/evil leaves the folder/],
    ["a name that leaves it in the middle", [{ ...honest, name: "a/../../evil" }], /leaves the folder/],
    ["a name that leaves it by backslashes", [{ ...honest, name: "a\\..\\..\\evil" }], /leaves the folder/],
    ["an absolute name", [{ ...honest, name: "/etc/evil" }], /absolute path/],
    ["a drive name", [{ ...honest, name: "C:\\evil" }], /absolute path/],
    [
      "a symbolic link",
      [{ name: "a/image", type: "symlink", linkname: "/etc/passwd" }],
      /a\/image is a symlink/,
    ],
    ["a hard link", [honest, { name: "b", type: "link", linkname: "a/image" }], /b is a link/],
    ["a pipe", [{ name: "b", type: "fifo" }], /b is a fifo/],
    ["a repeated name", [honest, honest], /a\/image appears twice/],
    ["a name repeated in other words", [honest, { ...honest, name: "./a/image" }], /image appears twice/],
    ["a huge entry", [{ ...honest, bytes: new Uint8Array(1001) }], /1001 bytes, more than the 1000/],
    [
      "too many entries",
      Array.from({ length: 11 }, (_, n) => ({ ...honest, name: String(n) })),
      /more than the 10 entries/,
    ],
  ])("refuses %s", async (_, entries, message) => {
    await expect(unpack(await tarGz(entries))).rejects.toMatchObject(refused(message));
  });

  it("refuses a bomb by what it unpacks to, also where nobody wants the entry", async () => {
    const archive = await tarGz([{ name: "bomb", bytes: new Uint8Array(5_000_000) }]);
    expect(archive.length).toBeLessThan(limits.totalBytes);
    await expect(unpack(archive, () => false)).rejects.toMatchObject(refused(/more than the 20000 bytes/));
  });

  it("refuses an archive that is cut off, and what is none, by name", async () => {
    const whole = await tarGz([
      { ...honest, bytes: Uint8Array.from({ length: 900 }, (_, i) => (i * 37) % 251) },
    ]);
    const plain = await tar([{ ...honest, bytes: new Uint8Array(900) }]);
    const cut = [whole.subarray(0, whole.length - 12), whole.subarray(0, 300), plain.subarray(0, 700)];
    for (const bytes of cut)
      await expect(unpack(bytes)).rejects.toMatchObject(
        refused(/^archive\.tar\.gz: it is cut off .*fresh copy/),
      );
    const changed = Uint8Array.from(whole);
    changed[whole.length - 6] = (changed[whole.length - 6] ?? 0) ^ 1;
    for (const bytes of [
      changed,
      gzipSync(text("no tar archive".repeat(100))),
      text("no archive".repeat(100)),
    ])
      await expect(unpack(bytes)).rejects.toMatchObject(
        refused(/^archive\.tar\.gz: it is damaged .*fresh copy/),
      );
  });
});
