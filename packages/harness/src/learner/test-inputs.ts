import type { FewShotLearner, ImageShape, Normalisation } from "@metabench/core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { inputsOf } from "./adaptation.ts";
import { embeddedImages } from "./embedded-images.ts";
import { imageReader } from "./image-tensor.ts";
import { inScope } from "./scope.ts";
import { featuresDiffer } from "./transduction.ts";

/** Test images and how to read them. */
export interface TestImages {
  readonly images: Uint8Array;
  readonly image: ImageShape;
  readonly normalisation: Normalisation;
}

/** Inputs by position: images, or the embeddings of all test images, each computed once. */
export interface TestInputs {
  readonly at: (positions: Uint32Array) => Tensor;
  /** Whether an image is encoded to something else among others. */
  readonly transductive: boolean;
  /** Frees what is kept of the test; nothing is read afterwards. */
  release(): void;
}

/** Lays the test ready for a learner: one that adapts on embeddings has every image encoded once, in large batches. */
export function testInputs(learner: FewShotLearner, images: TestImages): TestInputs {
  const reader = imageReader(images.images, images.image, images.normalisation);
  if (learner.adaptsOn === "images") return { ...reader, transductive: false };
  try {
    const encode = inputsOf(learner, reader);
    const count = images.images.length / (images.image[0] * images.image[1] * images.image[2]);
    const range = (length: number) => Uint32Array.from({ length }, (_, at) => at);
    const embedded = embeddedImages(encode, range(count));
    const few = range(Math.min(7, count));
    const transductive = inScope(() => {
      const alone = encode(few);
      return featuresDiffer(alone.dataSync(), embedded.at(few).dataSync(), alone.size / few.length);
    });
    return { ...embedded, transductive };
  } finally {
    reader.release();
  }
}
