import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadPrepared } from "./load.ts";
import { prepareDataset } from "./prepare-dataset.ts";
import { stripes } from "./stripes.test-support.ts";
import { failure, folderOf, putInk, useScratch } from "./scratch.test-support.ts";

const scratch = useScratch();

describe("loading", () => {
  it("reads the asked splits and no others", async () => {
    const { folder, places } = scratch();
    await putInk(join(folder, "first/stripes/ink.bin"), 7);
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
      failure("data-corrupt", /test\.images\.u8 cannot be read/),
    );
  });

  it("refuses a changed byte, with expected and actual sum", async () => {
    const { folder, places } = scratch();
    await putInk(join(folder, "first/stripes/ink.bin"), 7);
    const prepared = folderOf(await prepareDataset(stripes(), {}, places));
    const file = join(prepared, "train.labels.u16");
    const bytes = await readFile(file);
    bytes[1] = 1;
    await writeFile(file, bytes);
    await expect(loadPrepared(prepared, ["train"])).rejects.toMatchObject(
      failure(
        "data-corrupt",
        /train\.labels\.u16 should have SHA-256 [0-9a-f]{64}, it has [0-9a-f]{64}.*Delete that folder/,
      ),
    );
  });

  it("refuses a description that was changed", async () => {
    const { folder, places } = scratch();
    await putInk(join(folder, "first/stripes/ink.bin"), 7);
    const prepared = folderOf(await prepareDataset(stripes(), {}, places));
    const file = join(prepared, "description.json");
    await writeFile(file, (await readFile(file, "utf8")).replace('"bb"', '"zz"'));
    await expect(loadPrepared(prepared, ["train"])).rejects.toMatchObject(
      failure("data-corrupt", /expected content hash/),
    );
  });
});
