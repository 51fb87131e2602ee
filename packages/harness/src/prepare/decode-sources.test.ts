import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { MetabenchError, type DatasetPlugin } from "@metabench/core";
import { describe, expect, it } from "vitest";
import { prepareDataset } from "./prepare-dataset.ts";
import { failure, putInk, useScratch } from "./scratch.test-support.ts";
import { stripes, stripesSource } from "./stripes.test-support.ts";

const scratch = useScratch();

const failing = (error: unknown, plugin = stripes()): DatasetPlugin => ({
  ...plugin,

  prepare: () => Promise.reject(error),
});

describe("a data set plugin that fails to read its files", () => {
  it("is named, with what it threw and what it read, as a fault of its own", async () => {
    const { folder, places } = scratch();
    const ink = join(folder, "first/stripes/ink.bin");
    await putInk(ink, 7);
    const expected = (thrown: string) =>
      failure(
        "contract-broken",
        new RegExp(`stripes: its prepare function failed \\(.*${thrown}.*\\).*${ink}.*Fix`),
      );
    await expect(
      prepareDataset(failing(new TypeError("x is not a function")), {}, places),
    ).rejects.toMatchObject(expected("TypeError: x is not a function"));
    await expect(prepareDataset(failing("words"), {}, places)).rejects.toMatchObject(expected("words"));
  });

  it("says the whole path of a damaged file", async () => {
    const { folder, places } = scratch();
    const ink = join(folder, "first/stripes/ink.bin");
    await putInk(ink, 7);
    const damaged = failing(new MetabenchError("data-corrupt", "ink.bin is damaged."));
    const { message } = (await prepareDataset(damaged, {}, places).catch((error: unknown) => error)) as Error;
    expect(message).toBe(`ink.bin is damaged. It was read from ${ink}.`);
  });

  it("says which download to delete where no checksum tells that it is wrong", async () => {
    const { places } = scratch();
    const url = "https://example.org/ink.bin";
    const downloaded = join(places.cacheFolder, "downloads/stripes/stripes/ink.bin");
    await mkdir(dirname(downloaded), { recursive: true });
    await writeFile(downloaded, "<html>Not found</html>");
    const plugin = failing(
      new MetabenchError("data-corrupt", "ink.bin is damaged."),
      stripes({ sources: [{ ...stripesSource, url }] }),
    );
    await expect(prepareDataset(plugin, {}, places)).rejects.toMatchObject(
      failure("data-corrupt", new RegExp(`delete ${downloaded} and run again`)),
    );
  });

  it("is not blamed where the run was cancelled or data is missing", async () => {
    const { folder, places } = scratch();
    await putInk(join(folder, "first/stripes/ink.bin"), 7);
    const missing = new MetabenchError("data-missing", "Put it there.");
    await expect(prepareDataset(failing(missing), {}, places)).rejects.toBe(missing);
  });
});
