import type { FewShotLearner, ImageShape, Normalisation } from "@metabench/core";
import { concat, keep, slice, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { imageReader } from "./image-tensor.ts";
import { rowsAt } from "./resident-images.ts";
import { inScope } from "./scope.ts";
import { differ } from "./transduction.ts";

const encodingBatch = 200;

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
    const count = images.images.length / (images.image[0] * images.image[1] * images.image[2]);
    return encodeAll((positions) => learner.encode(reader.at(positions)), count);
  } finally {
    reader.release();
  }
}

function encodeAll(encode: (positions: Uint32Array) => Tensor, count: number): TestInputs {
  const range = (from: number, to: number) => Uint32Array.from({ length: to - from }, (_, at) => from + at);
  const few = Math.min(7, count);
  return inScope(() => {
    const batches: Tensor[] = [];
    for (let from = 0; from < count; from += encodingBatch)
      batches.push(tidy(() => encode(range(from, Math.min(from + encodingBatch, count)))));
    const embeddings = keep(concat(batches));
    const together = slice(embeddings, 0, few).dataSync();
    return {
      at: (positions) => rowsAt(embeddings, positions),
      transductive: differ(encode(range(0, few)).dataSync(), together),
      release: () => {
        embeddings.dispose();
      },
    };
  });
}
