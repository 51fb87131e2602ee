import { splitNames, type ClassifiedImages } from "@metabench/core";
import { checkLabels, checkNormalisation, countImages } from "./images.ts";
import { bufferAt, perSplit, type Layout } from "./layout.ts";

/** Images `uint8` and labels `uint16`. Class names are disjoint between the splits. */
export const classifiedImages: Layout<ClassifiedImages> = {
  files(content, split) {
    const { images, labels } = content.splits[split];
    return [
      { file: `${split}.images.u8`, ...images },
      { file: `${split}.labels.u16`, ...labels },
    ];
  },
  arrays: ({ splits }, split) => [splits[split].images, splits[split].labels],
  load: ({ kind, image, normalisation, splits }, arrays) => ({
    kind,
    image,
    normalisation,
    splits: perSplit(arrays, (own, split) => ({
      images: new Uint8Array(bufferAt(own, 0)),
      labels: new Uint16Array(bufferAt(own, 1)),
      classNames: splits[split].classNames,
    })),
  }),
  check({ image, normalisation, splits }, broken) {
    checkNormalisation(normalisation, image[2], broken);
    const known = new Map<string, string>();
    for (const name of splitNames) {
      const { images, labels, classNames } = splits[name];
      const examples = countImages(name, images, image, broken);
      checkLabels(name, "labels", labels, { examples, classes: classNames.length }, broken);
      for (const className of classNames) {
        const other = known.get(className);
        if (other !== undefined)
          throw broken(`class ${className} is in ${other} and again in ${name}; splits must be disjoint`);
        known.set(className, name);
      }
    }
  },
};
