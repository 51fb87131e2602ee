import { lstat, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { defineDataset, MetabenchError, type ClassifiedImages, type Normalisation } from "@metabench/core";
import { z } from "zod";
import { arrangeClasses } from "./class-images.ts";
import { dealClasses, type ClassLists } from "./class-split.ts";
import { decodePicture } from "./formats/picture.ts";
import { resizeToSquare } from "./resize.ts";

const mostFileBytes = 32 * 2 ** 20;
/** Bytes of all prepared images; they are held in memory. */
const mostBytes = 2 * 2 ** 30;

const names = z.array(z.string().min(1)).min(1);
const options = z.strictObject({
  /** The folder of class folders, relative to a data root. */
  folder: z
    .string()
    .regex(
      /^(?![/\\]|[A-Za-z]:)(?!(?:.*[/\\])?\.\.(?:[/\\]|$)).+$/,
      "a folder inside a data root, without ..",
    )
    .default("images"),
  /** Height and width of an image as learned from, in pixels. */
  size: z.int().min(16).max(256).default(84),
  /** Parts of the classes that train, validate and test, dealt at random; not used where `classes` are listed. */
  ratio: z.tuple([z.int().positive(), z.int().positive(), z.int().positive()]).default([64, 16, 20]),
  /** Seed of the dealing. */
  seed: z.int().nonnegative().default(0),
  /** Names of the class folders of each split; folders in none are left out. */
  classes: z.strictObject({ train: names, validation: names, test: names }).nullable().default(null),
});

const damaged = (what: string, todo: string) => new MetabenchError("data-corrupt", `${what}. ${todo}.`);

/** Names of what lies in a folder, sorted; hidden entries left out, links refused. */
async function listed(folder: string, kind: "folders" | "pictures"): Promise<readonly string[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter(
    ({ name }) => !name.startsWith("."),
  );
  const link = entries.find((entry) => entry.isSymbolicLink());
  if (link)
    throw damaged(`${join(folder, link.name)} is a symbolic link`, "Put the folder or picture itself there");
  return entries
    .filter((entry) =>
      kind === "folders" ? entry.isDirectory() : entry.isFile() && /\.(?:png|jpe?g)$/i.test(entry.name),
    )
    .map(({ name }) => name)
    .sort();
}

/** Images `[size, size, 3]` of a class, in the order of their file names. */
async function readClass(folder: string, size: number): Promise<readonly Uint8Array[]> {
  const images: Uint8Array[] = [];
  for (const file of await listed(folder, "pictures")) {
    const path = join(folder, file);
    const { size: bytes } = await lstat(path);
    if (bytes > mostFileBytes)
      throw damaged(
        `${path} has ${String(bytes)} bytes, more than ${String(mostFileBytes)}`,
        "Remove or shrink it",
      );
    images.push(resizeToSquare(decodePicture(await readFile(path), path), size));
  }
  if (images.length === 0) throw damaged(`${folder} holds no PNG or JPEG`, "Fill or remove the folder");
  return images;
}

/** The listed classes, checked against the folders that are there and against each other. */
function checkLists(lists: ClassLists, folders: readonly string[]): ClassLists {
  const all = [...lists.train, ...lists.validation, ...lists.test];
  const wrong = (what: string) =>
    new MetabenchError("invalid-options", `The option classes ${what}. Fix the lists.`);
  const twice = all.find((name, i) => all.indexOf(name) !== i);
  if (twice !== undefined) throw wrong(`lists ${twice} twice`);
  const missing = all.filter((name) => !folders.includes(name));
  if (missing.length > 0) throw wrong(`lists ${missing.slice(0, 5).join(", ")}, of which there is no folder`);
  const sorted = (list: readonly string[]) => [...list].sort();
  return { train: sorted(lists.train), validation: sorted(lists.validation), test: sorted(lists.test) };
}

/** Mean and deviation of training images `[n, size, size, 3]` by channel, to four decimals; a deviation of 0 counts as 1. */
function normalisationOf(images: Uint8Array): Normalisation {
  const channels = [0, 1, 2].map((channel) => {
    let [sum, squares] = [0, 0];
    for (let i = channel; i < images.length; i += 3) {
      const value = images[i] ?? 0;
      sum += value;
      squares += value * value;
    }
    const pixels = images.length / 3;
    const rounded = (value: number) => Math.round((value / 255) * 1e4) / 1e4;
    const mean = sum / pixels;
    return {
      mean: rounded(mean),
      deviation: rounded(Math.sqrt(Math.max(0, squares / pixels - mean ** 2))) || 1,
    };
  });
  return { mean: channels.map(({ mean }) => mean), deviation: channels.map(({ deviation }) => deviation) };
}

/**
 * Any folder of class folders of PNG or JPEG pictures, for few-shot learning: resized to a square, classes split by lists or dealt at
 * random by a seed. Order: class name, then file name.
 */
export const imageFolder = defineDataset({
  id: "image-folder",
  version: "1.0.0",
  title: "Image folder",
  summary: "A folder of your own: a folder for each class, PNG or JPEG pictures in it, resized to a square.",
  reference: null,
  licence: { name: "that of the pictures", url: "https://en.wikipedia.org/wiki/Copyright" },
  options,
  sources: ({ folder }) => [
    {
      from: "data-root",
      name: "folder",
      file: folder,
      url: null,
      checksum: null,
      instructions: "a folder with one folder for each class, PNG or JPEG pictures in it",
    },
  ],
  // Everybody's folder is another; sizes and dates of its files count instead, and the hash of what was read stands in every record.
  contentHash: () => null,
  async prepare(files, { size, ratio, seed, classes }) {
    const folder = files["folder"] ?? "";
    if (!(await stat(folder)).isDirectory())
      throw damaged(`${folder} is no folder`, "Put a folder of class folders there");
    const folders = await listed(folder, "folders");
    const lists = classes === null ? dealClasses(folders, ratio, seed) : checkLists(classes, folders);
    const imageBytes = size * size * 3;
    let left = mostBytes;
    const split = async (list: readonly string[]): Promise<ClassifiedImages["splits"]["train"]> => {
      const read: { name: string; count: number; images: () => readonly Uint8Array[] }[] = [];
      for (const name of list) {
        const images = await readClass(join(folder, name), size);
        left -= images.length * imageBytes;
        if (left < 0)
          throw damaged(
            `${folder} holds more than ${String(mostBytes)} bytes of images`,
            "Choose a smaller size",
          );
        read.push({ name, count: images.length, images: () => images });
      }
      return arrangeClasses(read, imageBytes);
    };
    const train = await split(lists.train);
    const validation = await split(lists.validation);
    const test = await split(lists.test);
    return {
      kind: "classified-images",
      image: [size, size, 3],
      normalisation: normalisationOf(train.images),
      splits: { train, validation, test },
    };
  },
});
