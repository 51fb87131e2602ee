import {
  defineDataset,
  MetabenchError,
  type ClassifiedImages,
  type SplitName,
  type Source,
} from "@metabench/core";
import { z } from "zod";
import { arrangeClasses } from "./class-images.ts";
import { readMiniImagenetCache, type CachedClass } from "./formats/mini-imagenet-cache.ts";
import { raviClasses } from "./mini-imagenet-ravi.ts";

const side = 84;
const imageBytes = side * side * 3;
const perClass = 600;

const sources: readonly Source[] = (["train", "validation", "test"] as const).map((split) => {
  const file = `mini-imagenet-cache-${split}.pkl`;
  const url = `https://zenodo.org/record/7978538/files/${file}`;
  return {
    from: "data-root",
    name: split,
    file: `mini-imagenet/${file}`,
    alternatives: [file],
    url,
    // None is published.
    checksum: null,
    instructions: `Fetch ${url} and put it, as it is, into the folder mini-imagenet of a data root.`,
  };
});

/**
 * Arranges the classes of a split. Order: class name, then index in the file.
 *
 * @throws MetabenchError `data-corrupt` unless they are Ravi's, 600 images each
 */
export function arrangeSplit(
  found: ReadonlyMap<string, CachedClass>,
  split: SplitName,
): ClassifiedImages["splits"]["train"] {
  const wrong = (what: string) =>
    new MetabenchError(
      "data-corrupt",
      `mini-imagenet-cache-${split}.pkl ${what}. Replace the file with a fresh copy from its publisher.`,
    );
  const expected = raviClasses[split];
  const strange = [...found.keys()].filter((name) => !expected.includes(name));
  if (strange.length > 0)
    throw wrong(`holds classes that Ravi's split does not have there: ${strange.slice(0, 5).join(", ")}`);
  const classes = expected.map((name) => {
    const { count, images } = found.get(name) ?? { count: 0, images: () => [] };
    if (count !== perClass)
      throw wrong(`has ${String(count)} images of class ${name}, not ${String(perClass)}`);
    return { name, count, images };
  });
  return arrangeClasses(classes, imageBytes);
}

/** mini-ImageNet in Ravi and Larochelle's split: 64 / 16 / 20 classes of 600 colour photographs, 84×84. */
export const miniImagenet = defineDataset({
  id: "mini-imagenet",
  version: "1.0.0",
  title: "mini-ImageNet",
  summary:
    "100 classes of 600 photographs from ImageNet, 84×84, in Ravi and Larochelle's split of the classes.",
  reference: {
    title: "Matching Networks for One Shot Learning",
    authors: ["Oriol Vinyals", "Charles Blundell", "Timothy Lillicrap", "Koray Kavukcuoglu", "Daan Wierstra"],
    year: 2016,
    url: "https://arxiv.org/abs/1606.04080",
  },
  licence: {
    name: "ImageNet's terms of access: research only",
    url: "https://www.image-net.org/download.php",
  },
  options: z.strictObject({
    /** `ravi`: Ravi and Larochelle's classes, 64 / 16 / 20. */
    split: z.enum(["ravi"]).default("ravi"),
  }),
  sources: () => sources,
  // Not pinned: no checksum is published, and this code has not yet met the files themselves. Classes and counts are checked all
  // the same, and the hash of what was read stands in every record.
  contentHash: () => null,
  prepare(files) {
    const split = (name: SplitName) =>
      readMiniImagenetCache(files[name] ?? "", side, (classes) => arrangeSplit(classes, name));
    const [train, validation, test] = [split("train"), split("validation"), split("test")];
    return {
      kind: "classified-images",
      image: [side, side, 3],
      // ImageNet's, as Chen et al. 2019 (arXiv 1904.04232) use them for mini-ImageNet.
      normalisation: { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] },
      splits: { train, validation, test },
    };
  },
});
