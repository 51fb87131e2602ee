import { mkdir, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadPrepared } from "./load.ts";
import { prepareDataset } from "./prepare-dataset.ts";
import { datasetStatus } from "./status.ts";
import { stripes } from "./stripes.test-support.ts";
import { failure, folderOf, putInk, useScratch } from "./scratch.test-support.ts";

const scratch = useScratch();

describe("the pinned content", () => {
  it("is accepted in whatever file it comes, and refused with one byte changed", async () => {
    const { folder, places } = scratch();
    await putInk(join(folder, "first/stripes/ink.bin"), 7);
    const { contentHash } = await prepareDataset(stripes(), {}, places);
    const plugin = stripes({ pinned: contentHash });
    await writeFile(join(folder, "first/stripes/ink.bin"), Uint8Array.of(7, 99, 99));
    expect(await prepareDataset(plugin, {}, places)).toMatchObject({ contentHash, options: { perClass: 3 } });
    await putInk(join(folder, "first/stripes/ink.bin"), 8);
    const fresh = { ...places, cacheFolder: join(folder, "other-cache") };
    await expect(prepareDataset(plugin, {}, fresh)).rejects.toMatchObject(
      failure(
        "data-corrupt",
        new RegExp(`expected SHA-256 ${contentHash}, got [0-9a-f]{64}.*ink\\.bin.*fresh copy`),
      ),
    );
    expect(await readdir(join(fresh.cacheFolder, "datasets"))).toEqual([]);
  });

  it("may be unpinned; then a changed file is prepared anew", async () => {
    const { folder, places } = scratch();
    await putInk(join(folder, "first/stripes/ink.bin"), 7);
    const before = await prepareDataset(stripes(), {}, places);
    await putInk(join(folder, "first/stripes/ink.bin"), 8);
    await utimes(join(folder, "first/stripes/ink.bin"), 1, 1);
    const after = await prepareDataset(stripes(), {}, places);
    expect(after.contentHash).not.toBe(before.contentHash);
  });
});

describe("the cache", () => {
  it("spares a second preparation, and needs the sources no more", async () => {
    const { folder, places } = scratch();
    await putInk(join(folder, "first/stripes/ink.bin"), 7);
    const { contentHash: pinned } = await prepareDataset(stripes(), {}, places);
    let prepared = 0;
    const plugin = stripes({ pinned, onPrepare: () => (prepared += 1) });
    const first = await prepareDataset(plugin, {}, places);
    await rm(join(folder, "first"), { recursive: true });
    expect(await prepareDataset(plugin, {}, places)).toEqual(first);
    expect(prepared).toBe(1);
    expect(await datasetStatus(plugin, {}, places)).toMatchObject({ state: "prepared", contentHash: pinned });
  });

  it("keeps options apart", async () => {
    const { folder, places } = scratch();
    await putInk(join(folder, "first/stripes/ink.bin"), 7);
    const [a, b] = [
      await prepareDataset(stripes(), {}, places),
      await prepareDataset(stripes(), { perClass: 4 }, places),
    ];
    expect(a.folder).not.toBe(b.folder);
    expect(await prepareDataset(stripes(), { perClass: 3 }, places)).toEqual(a);
  });

  it("is made once by many at once, and leaves nothing unfinished", async () => {
    const { folder, places } = scratch();
    await putInk(join(folder, "first/stripes/ink.bin"), 7);
    let prepared = 0;
    const plugin = stripes({ onPrepare: () => (prepared += 1) });
    const all = await Promise.all(Array.from({ length: 4 }, () => prepareDataset(plugin, {}, places)));
    expect(new Set(all.map(folderOf)).size).toBe(1);
    expect(prepared).toBe(1);
    expect(await readdir(join(folder, "cache", "datasets"))).toHaveLength(1);
  });

  it("is made anew where a file is short or the description broken, and says so", async () => {
    const { folder, places } = scratch();
    await putInk(join(folder, "first/stripes/ink.bin"), 7);
    const prepared = await prepareDataset(stripes(), {}, places);
    for (const file of ["test.images.u8", "description.json"]) {
      await writeFile(join(folderOf(prepared), file), "x");
      const messages: string[] = [];
      await prepareDataset(stripes(), {}, { ...places, onProgress: ({ message }) => messages.push(message) });
      expect(messages[0]).toContain("preparing it anew");
      const { splits } = await loadPrepared(folderOf(prepared), ["test"]);
      expect(splits.test).toMatchObject({ images: { length: 12 } });
    }
  });

  it("is swept of what killed processes left", async () => {
    const { folder, places } = scratch();
    await putInk(join(folder, "first/stripes/ink.bin"), 7);
    const { folder: prepared } = await prepareDataset(stripes(), {}, places);
    await rm(prepared ?? "", { recursive: true });
    const left = `${prepared ?? ""}.killed.partial`;
    await mkdir(left);
    await utimes(left, 1, 1);
    await prepareDataset(stripes(), {}, places);
    expect(await readdir(dirname(left))).toHaveLength(1);
  });

  it("is not written when cancelled", async () => {
    const { folder, places } = scratch();
    await putInk(join(folder, "first/stripes/ink.bin"), 7);
    const controller = new AbortController();
    const plugin = stripes({
      onPrepare: () => {
        controller.abort();
      },
    });
    await expect(prepareDataset(plugin, {}, { ...places, signal: controller.signal })).rejects.toMatchObject({
      code: "cancelled",
    });
    expect(await readdir(join(folder, "cache", "datasets"))).toEqual([]);
  });
});
