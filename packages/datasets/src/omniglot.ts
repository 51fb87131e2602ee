import {
  defineDataset,
  MetabenchError,
  splitNames,
  type ClassifiedImages,
  type Source,
} from "@metabench/core";
import { z } from "zod";
import { areaAverage } from "./area-average.ts";
import { decodeGreyPng } from "./formats/png.ts";
import { zipEntries, type ZipLimits } from "./formats/zip.ts";
import { vinyalsCharacters } from "./omniglot-vinyals.ts";

/** Side of a drawing as published, and of an image as learned from, in pixels. */
const drawn = 105;
const side = 28;
const pixels = side * side;
/** Drawings of a character. */
const drawings = 20;
const rotations = ["rot000", "rot090", "rot180", "rot270"] as const;

const archives = [
  { name: "images_background", md5: "68d2efa1b9178cc56df9314c21c6e718" },
  { name: "images_evaluation", md5: "6b91aef0f799c5bb55b94e3f2daec811" },
] as const;

// The larger archive holds 19,280 drawings of some 500 bytes, and folders.
const limits: ZipLimits = { entries: 60_000, entryBytes: 65_536, totalBytes: 256 * 2 ** 20 };

const sources: readonly Source[] = archives.map(({ name, md5 }) => ({
  from: "data-root",
  name,
  file: `omniglot/${name}.zip`,
  url: `https://github.com/brendenlake/omniglot/raw/master/python/${name}.zip`,
  checksum: { algorithm: "md5", value: md5 },
  instructions: `Fetch python/${name}.zip from https://github.com/brendenlake/omniglot and put it, still packed, at omniglot/${name}.zip under a data root.`,
}));

/** `<archive>/<alphabet>/characterNN/NNNN_NN.png`; all else in an archive is left alone. */
const drawingName = /^images_(?:background|evaluation)\/([^/]+\/character\d\d)\/(\d{4}_\d\d\.png)$/;

/** Drawings `[28, 28]` by character, then by file name. */
type Drawings = ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>;

/**
 * Shrinks a drawing, 0 ink and 255 paper `[105, 105]`, to the area average of its ink `[28, 28]`: 0 paper to 255 full ink.
 *
 * Published code resizes with PIL's filters of the day; the area average depends on no library and commutes with rotation.
 */
export function shrinkDrawing(drawing: Uint8Array): Uint8Array {
  const ink = new Uint8Array(drawn * drawn);
  for (let i = 0; i < ink.length; i += 1) ink[i] = 255 - (drawing[i] ?? 255);
  const image = new Uint8Array(pixels);
  shrink(ink, image, 0);
  return image;
}
const shrink = areaAverage(drawn, side);

async function readDrawings(files: Readonly<Record<string, string>>): Promise<Drawings> {
  const characters = new Map<string, Map<string, Uint8Array>>();
  for (const { name: archive } of archives)
    for await (const { name, bytes } of zipEntries(files[archive] ?? archive, limits, (entry) =>
      drawingName.test(entry),
    )) {
      const [, character = "", file = ""] = drawingName.exec(name) ?? [];
      const { pixels: drawing } = decodeGreyPng(bytes, name, { width: drawn, height: drawn });
      const known = characters.get(character) ?? new Map<string, Uint8Array>();
      characters.set(character, known.set(file, shrinkDrawing(drawing)));
    }
  return characters;
}

/** For each quarter turn, where in the image each pixel of the turned one comes from. */
const turned = rotations.map((_, quarters) =>
  Uint32Array.from({ length: pixels }, (_, i) => {
    let [row, column] = [Math.floor(i / side), i % side];
    for (let turns = 0; turns < quarters; turns += 1) [row, column] = [column, side - 1 - row];
    return row * side + column;
  }),
);

/** Writes an image `[28, 28]`, turned counter-clockwise by 0 to 3 quarter turns, to `target` at `offset`. */
export function turn(image: Uint8Array, quarters: number, target: Uint8Array, offset: number): void {
  const from = turned[quarters] ?? new Uint32Array();
  for (let i = 0; i < pixels; i += 1) target[offset + i] = image[from[i] ?? 0] ?? 0;
}

function arrange(characters: readonly string[], found: Drawings): ClassifiedImages["splits"]["train"] {
  const classes = characters.length * rotations.length;
  const images = new Uint8Array(classes * drawings * pixels);
  const labels = new Uint16Array(classes * drawings);
  const classNames: string[] = [];
  for (const character of characters) {
    const files = [...(found.get(character) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    if (files.length !== drawings)
      throw new MetabenchError(
        "data-corrupt",
        `Omniglot's character ${character} has ${String(files.length)} drawings in the archives, not ${String(drawings)}. ` +
          "Replace images_background.zip and images_evaluation.zip with fresh copies.",
      );
    rotations.forEach((rotation, quarters) => {
      const label = classNames.push(`${character}/${rotation}`) - 1;
      files.forEach(([, image], i) => {
        turn(image, quarters, images, (label * drawings + i) * pixels);
        labels[label * drawings + i] = label;
      });
    });
  }
  return { images, labels, classNames };
}

/**
 * Omniglot in Vinyals' split: 4112 / 688 / 1692 classes of 20 drawings, since a character turned by 0, 90, 180 and 270 degrees
 * (counter-clockwise) makes four classes, fixed ones. Images 28×28, ink 1 on 0.
 *
 * Order: character, rotation, file name.
 */
export const omniglot = defineDataset({
  id: "omniglot",
  version: "1.0.0",
  title: "Omniglot",
  summary:
    "1623 handwritten characters of 50 alphabets, each drawn by 20 people; rotations by 90 degrees count as classes of their own.",
  reference: {
    title: "Human-level concept learning through probabilistic program induction",
    authors: ["Brenden M. Lake", "Ruslan Salakhutdinov", "Joshua B. Tenenbaum"],
    year: 2015,
    url: "https://doi.org/10.1126/science.aab3050",
  },
  licence: { name: "MIT", url: "https://github.com/brendenlake/omniglot/blob/master/LICENSE" },
  options: z.strictObject({
    /** `vinyals`: Vinyals' split with rotations as classes. */
    split: z.enum(["vinyals"]).default("vinyals"),
  }),
  sources: () => sources,
  // Computed by this code from the complete archives; samples of all splits agreed with an independent implementation in exact fractions.
  contentHash: () => "611491739e6c554829afa1bab186e0f23eac8fa05779443ccdde438f56e729ee",
  async prepare(files) {
    const found = await readDrawings(files);
    const [train, validation, test] = splitNames.map((split) => arrange(vinyalsCharacters[split], found)) as [
      ClassifiedImages["splits"]["train"],
      ClassifiedImages["splits"]["train"],
      ClassifiedImages["splits"]["train"],
    ];
    return {
      kind: "classified-images",
      image: [side, side, 1],
      normalisation: { mean: [0], deviation: [1] },
      splits: { train, validation, test },
    };
  },
});
