import {
  MetabenchError,
  randomStream,
  type ImageShape,
  type Random,
  type TrainingOptions,
} from "@metabench/core";
import { imageAugmentation, type ImageChange } from "./image-augmentation.ts";
import type { Learning } from "./learning.ts";
import { mixup, type Mixup } from "./mixup.ts";

/** What is done to training images, and never to those of validation or test. */
export interface TrainingChanges {
  /** Of each image as it is read. */
  readonly augment: ImageChange | undefined;
  /** Of each batch. */
  readonly mixup: Mixup | undefined;
  /** The learning with the places of these streams in its state. */
  withStreamState<L extends Pick<Learning, "state" | "restore">>(learning: L): L;
}

type Kept = { readonly batches: ReturnType<Learning["state"]>; readonly streams: readonly number[][] };

function imageOr(image: ImageShape | null): ImageShape {
  if (image) return image;
  throw new MetabenchError(
    "invalid-options",
    "Augmentation changes images, and the inputs of this data set are no images. Leave --training augmentation out.",
  );
}

/** The changes that training options ask for, by streams of their own below `path`, so that they move no batch. */
export function trainingChanges(
  { augmentation, mixup: alpha }: TrainingOptions,
  image: ImageShape | null,
  path: string,
): TrainingChanges {
  const streams: Random[] = [];
  const stream = (name: string) => {
    const made = randomStream(`${path}/${name}`);
    streams.push(made);
    return made;
  };
  return {
    augment: augmentation && imageAugmentation(augmentation, imageOr(image), stream("augmentation")),
    mixup: alpha === undefined ? undefined : mixup(alpha, stream("mixup")),
    withStreamState(learning) {
      if (streams.length === 0) return learning;
      return {
        ...learning,
        state: () => ({
          batches: learning.state(),
          streams: streams.map((one) => [...one.state()]),
        }),
        restore(state) {
          const { batches, streams: states } = state as unknown as Kept;
          learning.restore(batches);
          for (const [at, one] of streams.entries()) one.restore(states[at] ?? []);
        },
      };
    },
  };
}
