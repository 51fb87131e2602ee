import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Source } from "@metabench/core";
import { describe, expect, it } from "vitest";
import { sendWithRanges, serve } from "./file-server.test-support.ts";
import { findSources } from "./find-sources.ts";
import { prepareDataset } from "./prepare-dataset.ts";
import { preparedFolder } from "./prepared-folder.ts";
import { datasetStatus } from "./status.ts";
import { stripes, stripesSource } from "./stripes.test-support.ts";
import { failure, inkOf, putInk, useScratch } from "./scratch.test-support.ts";

const scratch = useScratch();

describe("where sources are found", () => {
  it("takes the first data root that has the file", async () => {
    const { folder, places } = scratch();
    await putInk(join(folder, "second/stripes/ink.bin"), 22);
    expect(await inkOf(await prepareDataset(stripes(), {}, places))).toBe(22);
    await putInk(join(folder, "first/stripes/ink.bin"), 11);
    expect(await inkOf(await prepareDataset(stripes(), {}, places))).toBe(11);
  });

  it("takes another form of it where the file itself is not there, a folder too", async () => {
    const { folder, places } = scratch();
    const plugin = stripes({ sources: [{ ...stripesSource, alternatives: ["ink.bin", "unpacked"] }] });
    const found = async () =>
      (await findSources(plugin, {}, places)).map((source) => source.state === "found" && source.path);
    await putInk(join(folder, "first/unpacked/ink.bin"), 1);
    expect(await found()).toEqual([join(folder, "first/unpacked")]);
    await putInk(join(folder, "first/ink.bin"), 2);
    expect(await inkOf(await prepareDataset(plugin, {}, places))).toBe(2);
    await putInk(join(folder, "first/stripes/ink.bin"), 3);
    expect(await inkOf(await prepareDataset(plugin, {}, places))).toBe(3);
  });

  it("notices a change inside a folder of an unpinned data set", async () => {
    const { folder, places } = scratch();
    const plugin = stripes({ sources: [{ ...stripesSource, file: "unpacked" }] });
    const place = async () =>
      preparedFolder(plugin, {}, places.cacheFolder, await findSources(plugin, {}, places), null);
    await putInk(join(folder, "first/unpacked/a/ink.bin"), 1);
    const before = await place();
    expect(await place()).toBe(before);
    await putInk(join(folder, "first/unpacked/a/more.bin"), 1);
    expect(await place()).not.toBe(before);
  });

  it("says which file to put where, before anything else happens", async () => {
    const { places } = scratch();
    await expect(prepareDataset(stripes(), {}, places)).rejects.toMatchObject(
      failure(
        "data-missing",
        /stripes\/ink\.bin: put the file at .*first.stripes.ink\.bin or .*second.*Ask the author/,
      ),
    );
    await expect(prepareDataset(stripes(), {}, { ...places, roots: [] })).rejects.toMatchObject(
      failure("data-missing", /--data or METABENCH_DATA/),
    );
  });

  const shipped: Source = { from: "package", name: "ink", package: "ink-package", file: "data/ink.bin" };

  it("resolves a package from the plugin's own place, also one that exports nothing", async () => {
    const { folder, places } = scratch();
    await putInk(join(folder, "plugin/node_modules/ink-package/data/ink.bin"), 33);
    await writeFile(
      join(folder, "plugin/node_modules/ink-package/package.json"),
      '{"name":"ink-package","exports":{}}',
    );
    const plugin = stripes({ sources: [shipped] });
    expect(await inkOf(await prepareDataset(plugin, {}, places))).toBe(33);
    const elsewhere = pathToFileURL(join(folder, "elsewhere", "index.js")).href;
    await expect(prepareDataset(plugin, {}, { ...places, pluginModule: elsewhere })).rejects.toMatchObject(
      failure("data-missing", /install the npm package ink-package/),
    );
  });

  it("refuses a source whose name leaves the data root", async () => {
    const { places } = scratch();
    const plugin = stripes({ sources: [{ ...stripesSource, file: "../ink.bin" }] });
    await expect(prepareDataset(plugin, {}, places)).rejects.toMatchObject(
      failure("contract-broken", /leaves its folder/),
    );
    const elsewhere = stripes({ sources: [{ ...stripesSource, alternatives: ["a/../../ink.bin"] }] });
    await expect(prepareDataset(elsewhere, {}, places)).rejects.toMatchObject(
      failure("contract-broken", /leaves its folder/),
    );
  });
});

describe("downloads", () => {
  const bytes = Uint8Array.of(44);
  const checksum = { algorithm: "md5", value: createHash("md5").update(bytes).digest("hex") } as const;

  it("happen where no data root has the file, once", async () => {
    const { places } = scratch();
    await using server = await serve(sendWithRanges(bytes, '"1"'));
    const plugin = stripes({ sources: [{ ...stripesSource, url: server.url, checksum }] });
    expect((await datasetStatus(plugin, {}, places)).state).toBe("needs download");
    expect(await inkOf(await prepareDataset(plugin, {}, places))).toBe(44);
    await prepareDataset(plugin, { perClass: 5 }, places);
    expect(server.requests).toHaveLength(1);
  });

  it("are made again where the downloaded file was damaged since", async () => {
    const { folder, places } = scratch();
    await using server = await serve(sendWithRanges(bytes, '"1"'));
    const plugin = stripes({ sources: [{ ...stripesSource, url: server.url, checksum }] });
    await prepareDataset(plugin, {}, places);
    await putInk(join(folder, "cache/downloads/stripes/stripes/ink.bin"), 45);
    expect(await inkOf(await prepareDataset(plugin, { perClass: 5 }, places))).toBe(44);
    expect(server.requests).toHaveLength(2);
  });

  it("do not happen where they are not allowed", async () => {
    const { places } = scratch();
    const plugin = stripes({ sources: [{ ...stripesSource, url: "http://127.0.0.1:1/", checksum }] });
    await expect(prepareDataset(plugin, {}, { ...places, allowDownload: false })).rejects.toMatchObject(
      failure("data-missing", /or allow the download of http:\/\/127\.0\.0\.1:1\//),
    );
  });
});
