import type { ExplanationLayout, ImageShape } from "@metabench/core";

type Blocks = Pick<ExplanationLayout, "block" | "height" | "width">;

/** Sums of `block` × `block` pixels, and of how many, `[height, width, channels]`; blocks at the far edges may hold fewer. */
function sums(
  values: ArrayLike<number>,
  [rows, columns, channels]: ImageShape,
  { block, height, width }: Blocks,
) {
  const totals = new Float64Array(height * width * channels);
  const counts = new Float64Array(totals.length);
  for (let y = 0; y < rows; y += 1)
    for (let x = 0; x < columns; x += 1)
      for (let channel = 0; channel < channels; channel += 1) {
        const to = (Math.floor(y / block) * width + Math.floor(x / block)) * channels + channel;
        totals[to] = (totals[to] ?? 0) + (values[(y * columns + x) * channels + channel] ?? 0);
        counts[to] = (counts[to] ?? 0) + 1;
      }
  return { totals, counts };
}

/** A smaller picture: the mean of each block of bytes. */
export function pictureInBlocks(bytes: Uint8Array, image: ImageShape, layout: Blocks): Uint8Array {
  const { totals, counts } = sums(bytes, image, layout);
  return Uint8Array.from(totals, (total, at) => Math.round(total / (counts[at] ?? 1)));
}

/** A smaller map `[height, width]`: the sum of each block, so that nothing of the whole is lost. */
export function mapInBlocks(values: Float32Array, [height, width]: ImageShape, layout: Blocks): Float64Array {
  return sums(values, [height, width, 1], layout).totals;
}
