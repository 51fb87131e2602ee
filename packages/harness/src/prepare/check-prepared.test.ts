import { defineDataset, type DatasetPlugin, type PreparedData } from "@metabench/core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { loadPrepared } from "./load.ts";
import { prepareDataset } from "./prepare-dataset.ts";
import { datasetStatus } from "./status.ts";
import { failure, folderOf, useScratch } from "./scratch.test-support.ts";

const scratch = useScratch();

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
    const { places } = scratch();
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
    expect(await datasetStatus(family, {}, places)).toEqual({ state: "sources found", files: [] });
  });

  it("refuses what is no data, by its kind and by its parts", async () => {
    const { places } = scratch();
    const wrong = (data: unknown) => prepareDataset(generated(data as PreparedData), {}, places);
    await expect(wrong({ kind: "images" })).rejects.toMatchObject(
      failure("contract-broken", /set generated .*kind: /),
    );
    await expect(wrong({ ...tasks, tasks: left, splits: { train: split(0) } })).rejects.toMatchObject(
      failure("contract-broken", /splits\.validation: .*Fix/),
    );
    await expect(wrong(undefined)).rejects.toMatchObject(failure("contract-broken", /top level/));
  });

  it("keeps each task's targets", async () => {
    const { places } = scratch();
    const plugin = generated({
      ...tasks,
      tasks: left,
      splits: { train: split(0), validation: split(1), test: split(0) },
    });
    const data = await loadPrepared(folderOf(await prepareDataset(plugin, {}, places)), ["validation"]);
    expect(data).toEqual({ ...tasks, tasks: left, splits: { validation: split(1) } });
  });

  it("refuses arrays that do not fit, naming split and number", async () => {
    const { places } = scratch();
    const wrong = generated({
      ...tasks,
      tasks: left,
      splits: { train: split(0), validation: split(5), test: split(0) },
    });
    await expect(prepareDataset(wrong, {}, places)).rejects.toMatchObject(
      failure("contract-broken", /generated: validation example 0 is of class 5.*below 2/),
    );
    const short = generated({
      ...tasks,
      image: [1, 3, 1],
      tasks: left,
      splits: { train: split(0), validation: split(1), test: split(0) },
    });
    await expect(prepareDataset(short, {}, places)).rejects.toMatchObject(
      failure("contract-broken", /train has 2 image bytes/),
    );
    const classes = { images: Uint8Array.of(1), labels: new Uint16Array(1), classNames: ["same"] };
    const shared = generated({
      ...tasks,
      kind: "classified-images",
      splits: { train: classes, validation: classes, test: classes },
    });
    await expect(prepareDataset(shared, {}, places)).rejects.toMatchObject(
      failure("contract-broken", /class same is in train and again in validation/),
    );
  });
});
