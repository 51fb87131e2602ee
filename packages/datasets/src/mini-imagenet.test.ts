import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readMiniImagenetCache } from "./formats/mini-imagenet-cache.ts";
import { pickle, type Pickleable } from "./formats/pickle.test-support.ts";
import { raviClasses } from "./mini-imagenet-ravi.ts";
import { arrangeSplit, miniImagenet } from "./mini-imagenet.ts";

const names = ["train", "validation", "test"] as const;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "metabench-mini-imagenet-"));
});
afterAll(async () => rm(folder, { recursive: true }));

const refused = (message: RegExp) => ({
  code: "data-corrupt",
  message: expect.stringMatching(message) as string,
});
/** Four images of 2×2×3, image i filled with i. */
const images = { array: Uint8Array.from({ length: 48 }, (_, i) => Math.floor(i / 12)), shape: [4, 2, 2, 3] };
const cache = (classes: Readonly<Record<string, Pickleable>>, data: Pickleable = images) =>
  pickle({ dict: { image_data: data, class_dict: { dict: classes } } });
async function read(bytes: Uint8Array) {
  const path = join(folder, "mini-imagenet-cache-test.pkl");
  await writeFile(path, bytes);
  return readMiniImagenetCache(
    path,
    2,
    (classes) => new Map([...classes].map(([name, { images: read }]) => [name, [...read()]])),
  );
}

describe("Ravi's split", () => {
  it("has 64 / 16 / 20 classes, disjoint, in ascending order", () => {
    expect(names.map((name) => raviClasses[name].length)).toEqual([64, 16, 20]);
    expect(new Set(names.flatMap((name) => raviClasses[name])).size).toBe(100);
    for (const name of names) expect([...raviClasses[name]].sort()).toEqual(raviClasses[name]);
  });
});

describe("a file of mini-ImageNet", () => {
  it("gives each class its images by ascending index", async () => {
    const found = await read(cache({ n02: [3, 0], n01: [1, 2] }));
    expect([...found].map(([name, list]) => [name, list.map(([first]) => first)])).toEqual([
      ["n02", [0, 3]],
      ["n01", [1, 2]],
    ]);
    expect(found.get("n01")?.map(({ length }) => length)).toEqual([12, 12]);
  });

  it("leaves a large array in the file until its images are asked for", async () => {
    // 90,000 images of 12 bytes: more than is read at once. Image i begins with i.
    const many = new Uint8Array(90_000 * 12);
    const numbers = new DataView(many.buffer);
    for (let i = 0; i < 90_000; i += 1) numbers.setUint32(i * 12, i);
    const asked = [89_999, 43_690, 0, 87_381];
    const found = await read(cache({ n01: asked }, { array: many, shape: [90_000, 2, 2, 3] }));
    expect(found.get("n01")).toEqual(
      asked.toSorted((a, b) => a - b).map((i) => many.slice(i * 12, (i + 1) * 12)),
    );
  });

  it.each<[string, Uint8Array, RegExp]>([
    ["a pickle that calls", Buffer.from("cos\nsystem\n."), /cache-test\.pkl .*refers to os\.system/],
    ["a file that is cut off", cache({ n01: [0] }).subarray(0, 90), /cut off.*fresh copy/],
    ["no images", pickle({ dict: { class_dict: [] } }), /no array of bytes called image_data/],
    [
      "images of another size",
      cache({}, { array: new Uint8Array(27), shape: [1, 3, 3, 3] }),
      /\[1, 3, 3, 3\], not \[images, 2, 2, 3\]/,
    ],
    ["an index beyond the images", cache({ n01: [4] }), /class n01 no list of indices below 4/],
    ["an image of two classes", cache({ n01: [1], n02: [1] }), /image 1 to two classes/],
  ])("is refused with %s", async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toMatchObject(refused(message));
  });

  it("is refused unread if it is larger than any such file", async () => {
    const path = join(folder, "huge.pkl");
    await writeFile(path, "");
    await truncate(path, 1_000_000_001);
    expect(() => readMiniImagenetCache(path, 2, () => null)).toThrow(
      expect.objectContaining(refused(/huge\.pkl has 1000000001 bytes/)),
    );
  });
});

describe("mini-imagenet", () => {
  const list = (count: number) => ({
    count,
    images: () => Array.from({ length: count }, () => new Uint8Array(84 * 84 * 3)),
  });
  it("names a missing class, and one of another split", () => {
    expect(() => arrangeSplit(new Map([["n01855672", list(2)]]), "validation")).toThrow(
      expect.objectContaining(refused(/validation\.pkl has 2 images of class n01855672, not 600/)),
    );
    expect(() => arrangeSplit(new Map(), "test")).toThrow(/has 0 images of class n01930112, not 600/);
    expect(() => arrangeSplit(new Map([["n01532829", list(1)]]), "test")).toThrow(
      /classes that Ravi's split does not have there: n01532829/,
    );
  });

  it("is looked for where learn2learn's files lie, and pins nothing that was not seen", () => {
    expect(miniImagenet.sources({}).map(({ file }) => file)).toEqual(
      names.map((name) => `mini-imagenet/mini-imagenet-cache-${name}.pkl`),
    );
    expect(miniImagenet.contentHash({})).toBeNull();
  });
});
