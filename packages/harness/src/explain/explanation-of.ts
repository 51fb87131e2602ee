import {
  explanationSchema,
  packHeatMap,
  toBase64,
  type CompletedRecord,
  type ExplainedExample,
  type ExplainedTask,
  type Explanation,
} from "@metabench/core";
import type { ExplainedImage, ExplainedMessage } from "../wire/index.ts";
import { mapInBlocks, pictureInBlocks } from "./blocks.ts";
import type { FixedExamples, FixedTask } from "./fixed-examples.ts";

/** Attention to four places: a matrix to look at. */
const rounded = (share: number) => Number(share.toFixed(4));

/** Keeps each picture once; `at` gives its place, null where pictures are left out. */
function collectPictures({ image, message }: FixedExamples, wanted: boolean) {
  const [height, width, channels] = image;
  const size = height * width * channels;
  const places = new Map<number, number>();
  const pictures: string[] = [];
  return {
    pictures,
    at(position: number): number | null {
      if (!wanted) return null;
      const known = places.get(position);
      if (known !== undefined) return known;
      const bytes = message.images.subarray(position * size, (position + 1) * size);
      places.set(position, pictures.length);
      pictures.push(toBase64(pictureInBlocks(bytes, image, message.layout)));
      return pictures.length - 1;
    },
  };
}

/**
 * Puts together what is stored of an explanation.
 *
 * @param withPictures whether the images themselves are kept beside the maps
 * @throws the schema's error where a child answered with maps of a wrong size
 */
export function explanationOf(
  { identity, provenance }: Pick<CompletedRecord, "identity" | "provenance">,
  fixed: FixedExamples,
  { state, tasks }: ExplainedMessage,
  withPictures: boolean,
): Explanation {
  const { block, height, width, patch, stride, rows, columns } = fixed.message.layout;
  const { pictures, at } = collectPictures(fixed, withPictures);
  const example =
    ({ queries, labels }: FixedTask) =>
    (image: ExplainedImage, index: number): ExplainedExample => ({
      picture: at(queries[index] ?? 0),
      label: labels[index] ?? 0,
      predicted: image.predicted,
      probability: image.probability,
      saliency:
        image.saliency && packHeatMap(mapInBlocks(image.saliency, fixed.image, { block, height, width })),
      occlusion: packHeatMap(image.occlusion),
      attention: image.attention && Array.from(image.attention, rounded),
    });
  const explained = fixed.tasks.map((task, index): ExplainedTask => {
    const examples = (tasks[index] ?? []).map(example(task));
    const named = new Set(examples.flatMap(({ label, predicted }) => [label, predicted]));
    return {
      name: task.name,
      classes: task.classes,
      support: task.support.flatMap((image, label) =>
        named.has(label) ? [{ picture: at(image), label }] : [],
      ),
      examples,
    };
  });
  // A child runs strangers' code: what it sent must be of the sizes asked for.
  return explanationSchema.parse({
    schemaVersion: 1,
    identity,
    finishedAt: provenance.finishedAt,
    image: [...fixed.image],
    kept: { block, height, width },
    saliency: { method: "gradient-times-input", state },
    occlusion: { patch, stride, rows, columns },
    pictures,
    tasks: explained,
  });
}
