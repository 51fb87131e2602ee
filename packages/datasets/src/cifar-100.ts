import {
  defineDataset,
  MetabenchError,
  type ClassifiedImages,
  type Normalisation,
  type SplitName,
  type Source,
} from "@metabench/core";
import { z } from "zod";
import { arrangeClasses, type ClassOfImages } from "./class-images.ts";
import { cifarFsClasses } from "./cifar-fs.ts";
import { fc100Superclasses } from "./fc100.ts";
import { readCifar100 } from "./formats/cifar-100.ts";
import { pictureBytes, type Cifar100 } from "./formats/cifar-content.ts";

const side = 32;
const plane = side * side;
/** Pictures of a class, those of CIFAR-100's own training and test set together: few-shot splits part classes, not pictures. */
const perClass = 600;

const views = ["cifar-fs", "fc100"] as const;
type View = (typeof views)[number];

const published = "https://www.cs.toronto.edu/~kriz/cifar-100-python.tar.gz";
const sources: readonly Source[] = [
  {
    from: "data-root",
    name: "archive",
    file: "cifar100/cifar-100-python.tar.gz",
    alternatives: ["cifar100/cifar-100-", "cifar-100-"].flatMap((start) =>
      ["python.tar.gz", "binary.tar.gz", "python", "binary"].map((end) => start + end),
    ),
    url: published,
    checksum: { algorithm: "md5", value: "eb9058c3a382ffc7106e4002c42a8d85" },
    instructions:
      `Fetch ${published} (or cifar-100-binary.tar.gz beside it) and put it, packed or unpacked, ` +
      "into the folder cifar100 of a data root.",
  },
];

/** Channel means and deviations of each view's training classes, to four decimals. */
const normalisation: Readonly<Record<View, Normalisation>> = {
  "cifar-fs": { mean: [0.5088, 0.4917, 0.4437], deviation: [0.2674, 0.2564, 0.2772] },
  fc100: { mean: [0.5182, 0.4976, 0.4584], deviation: [0.2743, 0.2633, 0.2874] },
};

// Computed by this code from the complete archive; every split's bytes agreed with a reading by CPython's own pickle module. No
// matter which archive, nor how it orders its pictures.
const contentHashes: Readonly<Record<View, string>> = {
  "cifar-fs": "18c03d7a2fe12b546a846a77eeb530ed9315736922ff8996076891c36a27b201",
  fc100: "e64dec68fd64411c864d20bb5e6a1a84d658322bbfc17e7af052dc1beca3fde3",
};

/** Turns a picture of planes `[3, 32, 32]` into one of pixels `[32, 32, 3]`. */
export function interleave(planes: Uint8Array): Uint8Array {
  const image = new Uint8Array(pictureBytes);
  for (let i = 0; i < plane; i += 1)
    for (let channel = 0; channel < 3; channel += 1)
      image[i * 3 + channel] = planes[channel * plane + i] ?? 0;
  return image;
}

const damaged = (what: string) =>
  new MetabenchError(
    "data-corrupt",
    `CIFAR-100: ${what}. Replace the archive with a fresh copy from its publisher.`,
  );

/** Where each class's pictures lie, by name; within a class in the order of their bytes, which no repacking changes. */
function classesOf({ fineNames, coarseNames, parts }: Cifar100) {
  const classes = new Map<string, { superclass: string; planes: Uint8Array[] }>();
  for (const { planes, fine, coarse } of parts)
    fine.forEach((label, i) => {
      const [name, superclass] = [fineNames[label], coarseNames[coarse[i] ?? -1]];
      if (name === undefined || superclass === undefined)
        throw damaged(`a picture is of class ${String(label)}, which has no name`);
      const known = classes.get(name) ?? { superclass, planes: [] };
      if (known.superclass !== superclass)
        throw damaged(`class ${name} is in the superclasses ${known.superclass} and ${superclass}`);
      known.planes.push(planes.subarray(i * pictureBytes, (i + 1) * pictureBytes));
      classes.set(name, known);
    });
  return classes;
}

/** The classes of a split, by name. */
function select(
  classes: ReturnType<typeof classesOf>,
  view: View,
  split: SplitName,
): readonly ClassOfImages[] {
  const named =
    view === "cifar-fs"
      ? [...cifarFsClasses[split]]
      : [...classes].flatMap(([name, { superclass }]) =>
          fc100Superclasses[split].includes(superclass) ? [name] : [],
        );
  return named.sort().map((name) => {
    const planes = classes.get(name)?.planes ?? [];
    if (planes.length !== perClass)
      throw damaged(`class ${name} has ${String(planes.length)} pictures, not ${String(perClass)}`);
    return {
      name,
      count: perClass,
      images: () => planes.map(interleave).sort((a, b) => Buffer.compare(a, b)),
    };
  });
}

/** Arranges a view of the pictures. Order: class name, then the images' bytes. */
export function viewOf(cifar: Cifar100, view: View): ClassifiedImages {
  const classes = classesOf(cifar);
  const split = (name: SplitName) => arrangeClasses(select(classes, view, name), pictureBytes);
  return {
    kind: "classified-images",
    image: [side, side, 3],
    normalisation: normalisation[view],
    splits: { train: split("train"), validation: split("validation"), test: split("test") },
  };
}

/** CIFAR-100 for few-shot learning: 100 classes of 600 colour pictures, 32×32, in one of two published splits of the classes. */
export const cifar100 = defineDataset({
  id: "cifar-100",
  version: "1.0.0",
  title: "CIFAR-100",
  summary:
    "100 classes of 600 small colour photographs, in CIFAR-FS's split of the classes or FC100's split of the superclasses.",
  reference: {
    title: "Learning Multiple Layers of Features from Tiny Images",
    authors: ["Alex Krizhevsky"],
    year: 2009,
    url: "https://www.cs.toronto.edu/~kriz/cifar.html",
  },
  licence: { name: "none stated; cite the report", url: "https://www.cs.toronto.edu/~kriz/cifar.html" },
  options: z.strictObject({
    /** `cifar-fs`: Bertinetto's random classes, 64 / 16 / 20. `fc100`: Oreshkin's superclasses, 60 / 20 / 20 classes. */
    view: z.enum(views).default("cifar-fs"),
  }),
  sources: () => sources,
  contentHash: ({ view }) => contentHashes[view],
  prepare: async (files, { view }) => viewOf(await readCifar100(files["archive"] ?? ""), view),
});
