import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ClassifiedImages } from "@metabench/core";
import { encode } from "fast-png";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dealClasses } from "./class-split.ts";
import { imageFolder } from "./image-folder.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "metabench-image-folder-"));
});
afterEach(async () => rm(folder, { recursive: true }));

const put = async (name: string, bytes: Uint8Array) => {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), bytes);
};
const picture = (value: number) =>
  encode({ width: 3, height: 2, channels: 1, depth: 8, data: new Uint8Array(6).fill(value) });
async function prepare(options: object = {}): Promise<ClassifiedImages> {
  const data = await imageFolder.prepare({ folder }, { folder: "mine", size: 16, ...options });
  if (data.kind !== "classified-images") throw new TypeError(data.kind);
  return data;
}
const failure = (code: string, message: RegExp) => ({
  code,
  message: expect.stringMatching(message) as string,
});
const lists = { train: ["b", "a"], validation: ["c"], test: ["d"] };
async function putFour() {
  for (const [value, name] of ["a", "b", "c", "d"].entries())
    for (const file of ["2.png", "1.PNG"])
      await put(`${name}/${file}`, picture(value * 10 + Number(file[0])));
}

describe("dealClasses", () => {
  const classNames = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 3, maxLength: 60 });
  it("puts every class in one split, validation and test by their parts", () => {
    fc.assert(
      fc.property(classNames, fc.nat(), (names, seed) => {
        const { train, validation, test } = dealClasses(names, [64, 16, 20], seed);
        expect([...train, ...validation, ...test].sort()).toEqual([...names].sort());
        expect(validation.length).toBe(Math.max(1, Math.floor(names.length * 0.16)));
        expect(test.length).toBe(Math.max(1, Math.floor(names.length * 0.2)));
      }),
    );
  });

  it("repeats with the seed, whatever the order of names, and differs without", () => {
    const names = Array.from({ length: 40 }, (_, i) => `class ${String(i)}`);
    const dealt = dealClasses(names, [2, 1, 1], 7);
    expect(dealClasses(names.toReversed(), [2, 1, 1], 7)).toEqual(dealt);
    expect(dealClasses(names, [2, 1, 1], 8)).not.toEqual(dealt);
    expect(dealt.train.length).toBe(20);
  });

  it("refuses fewer classes than splits", () => {
    expect(() => dealClasses(["a", "b"], [1, 1, 1], 0)).toThrow(/2 classes cannot be split 1:1:1/);
  });
});

describe("image-folder", () => {
  it("orders listed classes by name and pictures by file name, and normalises by what trains", async () => {
    await putFour();
    await put("a/notes.txt", Uint8Array.of(1));
    await put("left-out/1.png", picture(99));
    const { image, splits, normalisation } = await prepare({ classes: lists });
    expect(image).toEqual([16, 16, 3]);
    expect(splits.train.classNames).toEqual(["a", "b"]);
    expect([...splits.train.labels]).toEqual([0, 0, 1, 1]);
    expect([0, 1, 2, 3].map((i) => splits.train.images[i * 768])).toEqual([1, 2, 11, 12]);
    expect([splits.validation.images[0], splits.test.images[767]]).toEqual([21, 31]);
    // Of 1, 2, 11, 12: mean 6.5, variance (270 / 4) − 6.5² = 25.25.
    const [mean, deviation] = [
      Math.round((6.5 / 255) * 1e4) / 1e4,
      Math.round((Math.sqrt(25.25) / 255) * 1e4) / 1e4,
    ];
    expect(normalisation).toEqual({ mean: [mean, mean, mean], deviation: [deviation, deviation, deviation] });
  });

  it("deals classes by ratio and seed otherwise", async () => {
    await putFour();
    const { splits } = await prepare({ ratio: [2, 1, 1], seed: 3 });
    const all = [...splits.train.classNames, ...splits.validation.classNames, ...splits.test.classNames];
    expect(all.sort()).toEqual(["a", "b", "c", "d"]);
    expect((await prepare({ ratio: [2, 1, 1], seed: 3 })).splits).toEqual(splits);
  });

  it.each([
    ["a class without a folder", { ...lists, test: ["e"] }, /lists e, of which there is no folder/],
    ["a class of two splits", { ...lists, test: ["a"] }, /lists a twice/],
  ])("refuses lists with %s", async (_, classes, message) => {
    await putFour();
    await expect(prepare({ classes })).rejects.toMatchObject(failure("invalid-options", message));
  });

  it.each(["../mine", "a/../../b", "/mine", "C:\\mine", ".."])("refuses the folder %s", (name) => {
    expect(() => imageFolder.sources({ folder: name })).toThrow(/inside a data root/);
  });

  it("names a picture that is damaged, too large or a link, and an empty class", async () => {
    await putFour();
    await put("a/3.jpg", Buffer.from("no picture"));
    await expect(prepare({ classes: lists })).rejects.toMatchObject(
      failure("data-corrupt", /a.3\.jpg is neither PNG nor JPEG/),
    );
    await truncate(join(folder, "a/3.jpg"), 33 * 2 ** 20);
    await expect(prepare({ classes: lists })).rejects.toMatchObject(
      failure("data-corrupt", /3\.jpg has 34603008 bytes/),
    );
    await rm(join(folder, "a/3.jpg"));
    await symlink(join(folder, "b/1.PNG"), join(folder, "a/3.png"));
    await expect(prepare({ classes: lists })).rejects.toMatchObject(
      failure("data-corrupt", /a.3\.png is a symbolic link/),
    );
    await rm(join(folder, "a/3.png"));
    await rm(join(folder, "d/1.PNG"));
    await rm(join(folder, "d/2.png"));
    await expect(prepare({ classes: lists })).rejects.toMatchObject(
      failure("data-corrupt", /d holds no PNG or JPEG/),
    );
  });
});
