import { splitNames, type MultiTaskImages } from "@metabench/core";
import { checkLabels, checkNormalisation, countImages } from "./images.ts";
import { bufferAt, perSplit, type Layout } from "./layout.ts";

/** Images `uint8` and the targets `uint8` of each task in order. */
export const multiTaskImages: Layout<MultiTaskImages> = {
  files(content, split) {
    const { images, targets } = content.splits[split];
    return [
      { file: `${split}.images.u8`, ...images },
      ...targets.map((target, task) => ({ file: `${split}.targets-${String(task)}.u8`, ...target })),
    ];
  },
  arrays: ({ tasks, splits }, split) => [
    splits[split].images,
    ...tasks.map(({ id }) => splits[split].targets[id] ?? new Uint8Array()),
  ],
  load: ({ kind, image, normalisation, tasks }, arrays) => ({
    kind,
    image,
    normalisation,
    tasks,
    splits: perSplit(arrays, ([images = new ArrayBuffer(), ...targets]) => ({
      images: new Uint8Array(images),
      targets: Object.fromEntries(tasks.map(({ id }, i) => [id, new Uint8Array(bufferAt(targets, i))])),
    })),
  }),
  check({ image, normalisation, tasks, splits }, broken) {
    checkNormalisation(normalisation, image[2], broken);
    for (const name of splitNames) {
      const { images, targets } = splits[name];
      const examples = countImages(name, images, image, broken);
      for (const { id, classes } of tasks)
        checkLabels(
          name,
          `targets of task ${id}`,
          targets[id] ?? new Uint8Array(),
          { examples, classes },
          broken,
        );
    }
  },
};
