import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { ClassifiedImages } from "@metabench/core";
import { encode } from "fast-png";
import { beforeAll, describe, expect, it } from "vitest";
import { hashOf } from "./content.test-support.ts";
import { handMadeZip } from "./formats/zip.test-support.ts";
import { vinyalsCharacters } from "./omniglot-vinyals.ts";
import { omniglot, shrinkDrawing, turn } from "./omniglot.ts";

const names = ["train", "validation", "test"] as const;
const root = process.env["METABENCH_DATA"] ?? "";

describe("Vinyals' split", () => {
  it("has 1028 / 172 / 423 characters, disjoint, in ascending order", () => {
    expect(names.map((name) => vinyalsCharacters[name].length)).toEqual([1028, 172, 423]);
    expect(new Set(names.flatMap((name) => vinyalsCharacters[name])).size).toBe(1623);
    for (const name of names) expect([...vinyalsCharacters[name]].sort()).toEqual(vinyalsCharacters[name]);
  });

  it("parts one alphabet only: Gurmukhi", () => {
    const alphabets = names.map(
      (name) => new Set(vinyalsCharacters[name].map((character) => character.split("/")[0])),
    ) as [Set<string>, Set<string>, Set<string>];
    const [train, validation, test] = alphabets;
    expect([...train.intersection(test)]).toEqual(["Gurmukhi"]);
    expect(validation.union(train).size + test.size).toBe(51);
    expect(vinyalsCharacters.train).toContain("Gurmukhi/character41");
    expect(vinyalsCharacters.test).toContain("Gurmukhi/character42");
  });
});

describe("an Omniglot image", () => {
  it("is the area average of the ink", () => {
    // 105/28 = 3.75. Ink in the upper left 15×15 pixels fills 4×4 of the result exactly.
    const drawing = new Uint8Array(105 * 105).fill(255);
    for (let y = 0; y < 15; y += 1) drawing.fill(0, y * 105, y * 105 + 15);
    const image = shrinkDrawing(drawing);
    expect([...image.keys()].filter((i) => image[i] === 255)).toEqual(
      [0, 1, 2, 3].flatMap((row) => [0, 1, 2, 3].map((column) => row * 28 + column)),
    );
    expect(image.reduce((a, b) => a + b, 0)).toBe(16 * 255);
    // One pixel of ink is 1/3.75² of a pixel of the result: 255/14.0625 = 18.13.
    const dot = new Uint8Array(105 * 105).fill(255);
    dot[0] = 0;
    expect(shrinkDrawing(dot)[0]).toBe(18);
  });

  it("turns counter-clockwise, each quarter a permutation, four of them none", () => {
    const image = Uint8Array.from({ length: 784 }, (_, i) => i % 251);
    const quarter = (from: Uint8Array, quarters: number) => {
      const target = new Uint8Array(784);
      turn(from, quarters, target, 0);
      return target;
    };
    // The upper right corner goes to the upper left.
    expect(quarter(image, 1)[0]).toBe(image[27]);
    let turned = image;
    for (let quarters = 0; quarters < 4; quarters += 1) {
      expect(turned).toEqual(quarter(image, quarters));
      turned = quarter(turned, 1);
    }
    expect(turned).toEqual(image);
  });
});

describe("omniglot from archives", () => {
  it("names a character whose drawings are not all there", async () => {
    const folder = await mkdtemp(join(tmpdir(), "metabench-omniglot-"));
    try {
      const bytes = encode({
        width: 105,
        height: 105,
        depth: 1,
        channels: 1,
        data: new Uint8Array(14 * 105),
      });
      const archive = join(folder, "images.zip");
      await writeFile(
        archive,
        handMadeZip([{ name: "images_background/Alphabet_of_the_Magi/character01/0709_01.png", bytes }]),
      );
      await expect(
        omniglot.prepare({ images_background: archive, images_evaluation: archive }, {}),
      ).rejects.toMatchObject({
        code: "data-corrupt",
        message: expect.stringMatching(
          /Alphabet_of_the_Magi\/character01 has 1 drawings .* not 20/,
        ) as string,
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe.skipIf(root === "")(
  "omniglot, real data (set METABENCH_DATA to a folder with omniglot/*.zip)",
  () => {
    let prepared: ClassifiedImages;
    beforeAll(async () => {
      const files = Object.fromEntries(
        omniglot.sources({}).map(({ name, file }) => [name, join(root, file)]),
      );
      const data = await omniglot.prepare(files, {});
      if (data.kind !== "classified-images") throw new TypeError(data.kind);
      prepared = data;
    }, 180_000);

    it("is the pinned content", () => {
      expect(hashOf(prepared)).toBe(omniglot.contentHash({}));
    });

    it("has 4112 / 688 / 1692 classes, disjoint, of 20 drawings each", () => {
      expect(names.map((name) => prepared.splits[name].classNames.length)).toEqual([4112, 688, 1692]);
      expect(new Set(names.flatMap((name) => prepared.splits[name].classNames)).size).toBe(1623 * 4);
      for (const name of names) {
        const { images, labels, classNames } = prepared.splits[name];
        expect(images.length).toBe(classNames.length * 20 * 784);
        expect(labels).toEqual(
          Uint16Array.from({ length: classNames.length * 20 }, (_, i) => Math.floor(i / 20)),
        );
      }
    });

    it("turns a whole character as one", () => {
      const { images, classNames } = prepared.splits.validation;
      const at = classNames.indexOf("Hebrew/character01/rot000") * 20;
      for (const quarters of [1, 2, 3])
        for (let i = 0; i < 20; i += 1) {
          const target = new Uint8Array(784);
          turn(images.subarray((at + i) * 784, (at + i + 1) * 784), quarters, target, 0);
          const other = at + quarters * 20 + i;
          expect(images.subarray(other * 784, (other + 1) * 784)).toEqual(target);
        }
    });
  },
);
