import { createHash } from "node:crypto";
import { join } from "node:path";
import process from "node:process";
import { existsSync } from "node:fs";
import type { ClassifiedImages } from "@metabench/core";
import { beforeAll, describe, expect, it } from "vitest";
import { cifar100, interleave, viewOf } from "./cifar-100.ts";
import { cifarFsClasses } from "./cifar-fs.ts";
import { hashOf } from "./content.test-support.ts";
import { fc100Superclasses } from "./fc100.ts";
import { readCifar100 } from "./formats/cifar-100.ts";
import type { Cifar100 } from "./formats/cifar-content.ts";

const names = ["train", "validation", "test"] as const;

describe("the splits of CIFAR-100", () => {
  it("are of 64 / 16 / 20 classes and of 12 / 4 / 4 superclasses, disjoint, in ascending order", () => {
    for (const [lists, sizes] of [
      [cifarFsClasses, [64, 16, 20]],
      [fc100Superclasses, [12, 4, 4]],
    ] as const) {
      expect(names.map((name) => lists[name].length)).toEqual(sizes);
      expect(new Set(names.flatMap((name) => lists[name])).size).toBe(
        sizes.reduce<number>((a, b) => a + b, 0),
      );
      for (const name of names) expect([...lists[name]].sort()).toEqual(lists[name]);
    }
  });
});

describe("a view of CIFAR-100", () => {
  it("has pixels where the archive has planes", () => {
    const planes = Uint8Array.from({ length: 3072 }, (_, i) => (i < 1024 ? 1 : i < 2048 ? 2 : 3));
    planes[1023] = 9;
    const image = interleave(planes);
    expect([...image.subarray(0, 6)]).toEqual([1, 2, 3, 1, 2, 3]);
    expect([...image.subarray(-3)]).toEqual([9, 2, 3]);
  });

  const one = (fine: number, coarse: number): Cifar100 => ({
    fineNames: ["apple"],
    coarseNames: ["fruit_and_vegetables", "people"],
    parts: [{ planes: new Uint8Array(6144), fine: Uint8Array.of(0, fine), coarse: Uint8Array.of(0, coarse) }],
  });

  it.each([
    ["too few pictures of a class", one(0, 0), /class apple has 2 pictures, not 600/],
    ["a class without a name", one(7, 0), /class 7, which has no name/],
    [
      "a class in two superclasses",
      one(0, 1),
      /apple is in the superclasses fruit_and_vegetables and people/,
    ],
  ])("names %s", (_, cifar, message) => {
    expect(() => viewOf(cifar, "cifar-fs")).toThrow(
      expect.objectContaining({ code: "data-corrupt", message: expect.stringMatching(message) as string }),
    );
  });

  it("takes either archive, packed or not, and offers the official one", () => {
    const [source] = cifar100.sources({});
    expect(source).toMatchObject({
      file: "cifar100/cifar-100-python.tar.gz",
      alternatives: expect.arrayContaining(["cifar100/cifar-100-binary", "cifar-100-python"]) as string[],
      checksum: { algorithm: "md5", value: "eb9058c3a382ffc7106e4002c42a8d85" },
    });
  });
});

const root = process.env["METABENCH_DATA"] ?? "";
const archive = join(root, "cifar100/cifar-100-python.tar.gz");

describe.skipIf(root === "" || !existsSync(archive))(
  "cifar-100, real data (set METABENCH_DATA to a folder with cifar100/cifar-100-python.tar.gz)",
  () => {
    let read: Cifar100;
    beforeAll(async () => {
      read = await readCifar100(archive);
    }, 180_000);

    it("has 50,000 and 10,000 pictures of 100 classes in 20 superclasses", () => {
      expect(read.parts.map(({ fine }) => fine.length)).toEqual([50_000, 10_000]);
      expect([read.fineNames.length, read.coarseNames.length]).toEqual([100, 20]);
      expect([read.fineNames[0], read.fineNames[99], read.coarseNames[19]]).toEqual([
        "apple",
        "worm",
        "vehicles_2",
      ]);
    });

    it.each([
      ["cifar-fs", [64, 16, 20]],
      ["fc100", [60, 20, 20]],
    ] as const)(
      "%s is the pinned content: classes by name, 600 pictures of each, disjoint",
      (view, sizes) => {
        const data = viewOf(read, view);
        expect(names.map((name) => data.splits[name].classNames.length)).toEqual(sizes);
        const all = names.flatMap((name) => data.splits[name].classNames);
        expect(all.toSorted()).toEqual(read.fineNames.toSorted());
        for (const name of names)
          expect(data.splits[name].labels).toEqual(
            Uint16Array.from({ length: data.splits[name].classNames.length * 600 }, (_, i) =>
              Math.floor(i / 600),
            ),
          );
        expect(normalised(data)).toEqual(data.normalisation);
        expect(hashOf(data)).toBe(cifar100.contentHash({ view }));
      },
      120_000,
    );

    it("holds the bytes that Python finds", () => {
      // From CPython's pickle module: the smallest of the 600 whales as bytes of pixels.
      const { images, classNames } = viewOf(read, "cifar-fs").splits.test;
      const at = classNames.indexOf("whale") * 600 * 3072;
      const whale = images.subarray(at, at + 3072);
      expect([...whale.subarray(0, 6)]).toEqual([0, 12, 65, 2, 13, 67]);
      expect(createHash("sha256").update(whale).digest("hex")).toBe(
        "e15b3a76876032a40548e0a060508ac2cf6756a9b322895ae28da9e0a07a6839",
      );
    }, 120_000);
  },
);

/** Mean and deviation of the training images by channel, to four decimals, as the pinned ones claim to be. */
function normalised({ splits }: ClassifiedImages) {
  const { images } = splits.train;
  const [sum, squares] = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  for (let i = 0; i < images.length; i += 1) {
    const value = images[i] ?? 0;
    sum[i % 3] = (sum[i % 3] ?? 0) + value;
    squares[i % 3] = (squares[i % 3] ?? 0) + value * value;
  }
  const pixels = images.length / 3;
  const rounded = (value: number) => Math.round(value * 1e4) / 1e4;
  return {
    mean: sum.map((total) => rounded(total / pixels / 255)),
    deviation: squares.map((total, i) =>
      rounded(Math.sqrt(total / pixels - ((sum[i] ?? 0) / pixels) ** 2) / 255),
    ),
  };
}
