import { concat, keep, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { rowsAt } from "./resident-images.ts";
import { inScope } from "./scope.ts";

const encodingBatch = 200;

/** Embeddings by the positions of their images. */
export interface EmbeddedImages {
  readonly at: (positions: Uint32Array) => Tensor;
  /** Frees them; nothing is read afterwards. */
  release(): void;
}

/** Embeds the images at some positions, each once, in large batches. Only those may be read. */
export function embeddedImages(
  encode: (positions: Uint32Array) => Tensor,
  positions: Uint32Array,
): EmbeddedImages {
  const rows = new Uint32Array(positions.reduce((most, position) => Math.max(most, position), 0) + 1);
  for (const [row, position] of positions.entries()) rows[position] = row;
  const embeddings = inScope(() => {
    const batches: Tensor[] = [];
    for (let from = 0; from < positions.length; from += encodingBatch)
      batches.push(tidy(() => encode(positions.slice(from, from + encodingBatch))));
    return keep(concat(batches));
  });
  return {
    at: (asked) =>
      rowsAt(
        embeddings,
        asked.map((position) => rows[position] ?? 0),
      ),
    release: () => {
      embeddings.dispose();
    },
  };
}
