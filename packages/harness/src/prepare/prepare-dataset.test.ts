import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { defineDataset, type DatasetPlugin, type PreparedData, type Source } from "@metabench/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { sendWithRanges, serve } from "./file-server.test-support.ts";
import { loadPrepared } from "./load.ts";
import { prepareDataset, type PrepareOptions } from "./prepare-dataset.ts";
import { datasetStatus, describeStatus } from "./status.ts";
import { stripes, stripesSource } from "./stripes.test-support.ts";

let folder: string;
let places: PrepareOptions;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "metabench-prepare-"));
  places = {
    roots: [join(folder, "first"), join(folder, "second")],
    cacheFolder: join(folder, "cache"),
    pluginModule: pathToFileURL(join(folder, "plugin", "index.js")).href,
  };
});
afterEach(async () => rm(folder, { recursive: true }));

const put = async (path: string, ink: number) => {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), Uint8Array.of(ink));
};
const rejected = (code: string, message: RegExp) => ({
  code,
  message: expect.stringMatching(message) as string,
});
const folderOf = ({ folder: prepared }: { folder: string | null }) => prepared ?? "";
const inkOf = async (prepared: { folder: string | null }) => {
  const data = await loadPrepared(folderOf(prepared), ["train"]);
  return data.splits.train.images[0];
};

describe("where sources are found", () => {
  it("takes the first data root that has the file", async () => {
    await put("second/stripes/ink.bin", 22);
    expect(await inkOf(await prepareDataset(stripes(), {}, places))).toBe(22);
    await put("first/stripes/ink.bin", 11);
    expect(await inkOf(await prepareDataset(stripes(), {}, places))).toBe(11);
  });

  it("says which file to put where, before anything else happens", async () => {
    await expect(prepareDataset(stripes(), {}, places)).rejects.toMatchObject(
      rejected(
        "data-missing",
        /stripes\/ink\.bin: put the file at .*first.stripes.ink\.bin or .*second.*Ask the author/,
      ),
    );
    await expect(prepareDataset(stripes(), {}, { ...places, roots: [] })).rejects.toMatchObject(
      rejected("data-missing", /--data or METABENCH_DATA/),
    );
  });

  const shipped: Source = { from: "package", name: "ink", package: "ink-package", file: "data/ink.bin" };

  it("resolves a package from the plugin's own place, also one that exports nothing", async () => {
    await put("plugin/node_modules/ink-package/data/ink.bin", 33);
    await writeFile(
      join(folder, "plugin/node_modules/ink-package/package.json"),
      '{"name":"ink-package","exports":{}}',
    );
    const plugin = stripes({ sources: [shipped] });
    expect(await inkOf(await prepareDataset(plugin, {}, places))).toBe(33);
    const elsewhere = pathToFileURL(join(folder, "elsewhere", "index.js")).href;
    await expect(prepareDataset(plugin, {}, { ...places, pluginModule: elsewhere })).rejects.toMatchObject(
      rejected("data-missing", /install the npm package ink-package/),
    );
  });

  it("refuses a source whose name leaves the data root", async () => {
    const plugin = stripes({ sources: [{ ...stripesSource, file: "../ink.bin" }] });
    await expect(prepareDataset(plugin, {}, places)).rejects.toMatchObject(
      rejected("contract-broken", /leaves its folder/),
    );
  });
});

describe("downloads", () => {
  const bytes = Uint8Array.of(44);
  const checksum = { algorithm: "md5", value: createHash("md5").update(bytes).digest("hex") } as const;

  it("happen where no data root has the file, once", async () => {
    await using server = await serve(sendWithRanges(bytes, '"1"'));
    const plugin = stripes({ sources: [{ ...stripesSource, url: server.url, checksum }] });
    expect(describeStatus(await datasetStatus(plugin, {}, places))).toBe("needs download");
    expect(await inkOf(await prepareDataset(plugin, {}, places))).toBe(44);
    await prepareDataset(plugin, { perClass: 5 }, places);
    expect(server.requests).toHaveLength(1);
  });

  it("are made again where the downloaded file was damaged since", async () => {
    await using server = await serve(sendWithRanges(bytes, '"1"'));
    const plugin = stripes({ sources: [{ ...stripesSource, url: server.url, checksum }] });
    await prepareDataset(plugin, {}, places);
    await put("cache/downloads/stripes/stripes/ink.bin", 45);
    expect(await inkOf(await prepareDataset(plugin, { perClass: 5 }, places))).toBe(44);
    expect(server.requests).toHaveLength(2);
  });

  it("do not happen where they are not allowed", async () => {
    const plugin = stripes({ sources: [{ ...stripesSource, url: "http://127.0.0.1:1/", checksum }] });
    await expect(prepareDataset(plugin, {}, { ...places, allowDownload: false })).rejects.toMatchObject(
      rejected("data-missing", /or allow the download of http:\/\/127\.0\.0\.1:1\//),
    );
  });
});

describe("the pinned content", () => {
  it("is accepted in whatever file it comes, and refused with one byte changed", async () => {
    await put("first/stripes/ink.bin", 7);
    const { contentHash } = await prepareDataset(stripes(), {}, places);
    const plugin = stripes({ pinned: contentHash });
    await writeFile(join(folder, "first/stripes/ink.bin"), Uint8Array.of(7, 99, 99));
    expect(await prepareDataset(plugin, {}, places)).toMatchObject({ contentHash, options: { perClass: 3 } });
    await put("first/stripes/ink.bin", 8);
    const fresh = { ...places, cacheFolder: join(folder, "other-cache") };
    await expect(prepareDataset(plugin, {}, fresh)).rejects.toMatchObject(
      rejected(
        "data-corrupt",
        new RegExp(`expected SHA-256 ${contentHash}, got [0-9a-f]{64}.*ink\\.bin.*fresh copy`),
      ),
    );
    expect(await readdir(join(fresh.cacheFolder, "datasets"))).toEqual([]);
  });

  it("may be unpinned; then a changed file is prepared anew", async () => {
    await put("first/stripes/ink.bin", 7);
    const before = await prepareDataset(stripes(), {}, places);
    await put("first/stripes/ink.bin", 8);
    await utimes(join(folder, "first/stripes/ink.bin"), 1, 1);
    const after = await prepareDataset(stripes(), {}, places);
    expect(after.contentHash).not.toBe(before.contentHash);
  });
});

describe("the cache", () => {
  it("spares a second preparation, and needs the sources no more", async () => {
    await put("first/stripes/ink.bin", 7);
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
    await put("first/stripes/ink.bin", 7);
    const [a, b] = [
      await prepareDataset(stripes(), {}, places),
      await prepareDataset(stripes(), { perClass: 4 }, places),
    ];
    expect(a.folder).not.toBe(b.folder);
    expect(await prepareDataset(stripes(), { perClass: 3 }, places)).toEqual(a);
  });

  it("is made once by many at once, and leaves nothing unfinished", async () => {
    await put("first/stripes/ink.bin", 7);
    let prepared = 0;
    const plugin = stripes({ onPrepare: () => (prepared += 1) });
    const all = await Promise.all(Array.from({ length: 4 }, () => prepareDataset(plugin, {}, places)));
    expect(new Set(all.map(folderOf)).size).toBe(1);
    expect(prepared).toBe(1);
    expect(await readdir(join(folder, "cache", "datasets"))).toHaveLength(1);
  });

  it("is made anew where a file is short or the description broken, and says so", async () => {
    await put("first/stripes/ink.bin", 7);
    const prepared = await prepareDataset(stripes(), {}, places);
    for (const file of ["test.images.u8", "description.json"]) {
      await writeFile(join(folderOf(prepared), file), "x");
      const messages: string[] = [];
      await prepareDataset(stripes(), {}, { ...places, onProgress: ({ message }) => messages.push(message) });
      expect(messages[0]).toContain("preparing it anew");
      expect((await loadPrepared(folderOf(prepared), ["test"])).splits.test.images).toHaveLength(12);
    }
  });

  it("is swept of what killed processes left", async () => {
    await put("first/stripes/ink.bin", 7);
    const { folder: prepared } = await prepareDataset(stripes(), {}, places);
    await rm(prepared ?? "", { recursive: true });
    const left = `${prepared ?? ""}.killed.partial`;
    await mkdir(left);
    await utimes(left, 1, 1);
    await prepareDataset(stripes(), {}, places);
    expect(await readdir(dirname(left))).toHaveLength(1);
  });

  it("is not written when cancelled", async () => {
    await put("first/stripes/ink.bin", 7);
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

describe("loading", () => {
  it("reads the asked splits and no others", async () => {
    await put("first/stripes/ink.bin", 7);
    const prepared = folderOf(await prepareDataset(stripes(), {}, places));
    await rm(join(prepared, "test.images.u8"));
    const data = await loadPrepared(prepared, ["train", "validation"]);
    expect(Object.keys(data.splits)).toEqual(["train", "validation"]);
    if (data.kind !== "classified-images") throw new TypeError(data.kind);
    expect(data.splits.validation).toEqual({
      images: Uint8Array.of(7, 2, 7, 2, 7, 2, 7, 2, 7, 2, 7, 2),
      labels: new Uint16Array(3),
      classNames: ["bb"],
    });
    // @ts-expect-error a split that was not asked for is not there
    expect(data.splits.test).toBeUndefined();
    await expect(loadPrepared(prepared, ["test"])).rejects.toMatchObject(
      rejected("data-corrupt", /test\.images\.u8 cannot be read/),
    );
  });

  it("refuses a changed byte, with expected and actual sum", async () => {
    await put("first/stripes/ink.bin", 7);
    const prepared = folderOf(await prepareDataset(stripes(), {}, places));
    const file = join(prepared, "train.labels.u16");
    const bytes = await readFile(file);
    bytes[1] = 1;
    await writeFile(file, bytes);
    await expect(loadPrepared(prepared, ["train"])).rejects.toMatchObject(
      rejected(
        "data-corrupt",
        /train\.labels\.u16 should have SHA-256 [0-9a-f]{64}, it has [0-9a-f]{64}.*Delete that folder/,
      ),
    );
  });

  it("refuses a description that was changed", async () => {
    await put("first/stripes/ink.bin", 7);
    const prepared = folderOf(await prepareDataset(stripes(), {}, places));
    const file = join(prepared, "description.json");
    await writeFile(file, (await readFile(file, "utf8")).replace('"bb"', '"zz"'));
    await expect(loadPrepared(prepared, ["train"])).rejects.toMatchObject(
      rejected("data-corrupt", /expected content hash/),
    );
  });
});

describe("other kinds of data", () => {
  const generated = (data: PreparedData): DatasetPlugin =>
    defineDataset({
      id: "generated",
      version: "1.0.0",
      title: "Generated",
      summary: "Made from nothing.",
      reference: null,
      licence: { name: "CC0", url: "https://creativecommons.org/publicdomain/zero/1.0/" },
      options: z.strictObject({ scale: z.number().default(1) }),
      sources: () => [],
      contentHash: () => null,
      prepare: () => data,
    });
  const split = (left: number) => ({
    images: Uint8Array.of(1, 2),
    targets: { left: Uint8Array.of(left, 1) },
  });
  const tasks = {
    kind: "multi-task-images",
    image: [1, 1, 1],
    normalisation: { mean: [0], deviation: [1] },
  } as const;
  const left = [{ id: "left", kind: "classification", classes: 2 }] as const;

  it("keeps nothing of a family of functions; its hash stands for id, version and options", async () => {
    const family = generated({
      kind: "function-family",
      inputs: 1,
      outputs: 1,
      draw: () => () => [0],
      input: () => [0],
      grid: () => [],
    });
    const prepared = await prepareDataset(family, {}, places);
    expect(prepared).toMatchObject({ folder: null, options: { scale: 1 } });
    expect(await prepareDataset(family, { scale: 1 }, places)).toEqual(prepared);
    expect((await prepareDataset(family, { scale: 2 }, places)).contentHash).not.toBe(prepared.contentHash);
    expect(describeStatus(await datasetStatus(family, {}, places))).toBe("generated, needs no files");
  });

  it("keeps each task's targets", async () => {
    const plugin = generated({
      ...tasks,
      tasks: left,
      splits: { train: split(0), validation: split(1), test: split(0) },
    });
    const data = await loadPrepared(folderOf(await prepareDataset(plugin, {}, places)), ["validation"]);
    expect(data).toEqual({ ...tasks, tasks: left, splits: { validation: split(1) } });
  });

  it("refuses arrays that do not fit, naming split and number", async () => {
    const wrong = generated({
      ...tasks,
      tasks: left,
      splits: { train: split(0), validation: split(5), test: split(0) },
    });
    await expect(prepareDataset(wrong, {}, places)).rejects.toMatchObject(
      rejected("contract-broken", /generated: validation example 0 is of class 5.*below 2/),
    );
    const short = generated({
      ...tasks,
      image: [1, 3, 1],
      tasks: left,
      splits: { train: split(0), validation: split(1), test: split(0) },
    });
    await expect(prepareDataset(short, {}, places)).rejects.toMatchObject(
      rejected("contract-broken", /train has 2 image bytes/),
    );
    const classes = { images: Uint8Array.of(1), labels: new Uint16Array(1), classNames: ["same"] };
    const shared = generated({
      ...tasks,
      kind: "classified-images",
      splits: { train: classes, validation: classes, test: classes },
    });
    await expect(prepareDataset(shared, {}, places)).rejects.toMatchObject(
      rejected("contract-broken", /class same is in train and again in validation/),
    );
  });
});
