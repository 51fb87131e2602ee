import type { ImageShape } from "../plugin/context.ts";

/** Longest side of a picture or a saliency map as it is kept, in pixels. */
const longestSide = 42;

/** Sizes of what is kept of an explained image, all in pixels of the image or positions of the patch. */
export interface ExplanationLayout {
  /** Side of the square blocks of pixels that are kept as one. */
  readonly block: number;
  readonly height: number;
  readonly width: number;
  /** Side of the occluding square, and how far it moves. */
  readonly patch: number;
  readonly stride: number;
  /** Places of the patch. One that would stick out of the image is left out. */
  readonly rows: number;
  readonly columns: number;
}

/** The layout for images of a shape: a patch of a fifth of the shorter side, moved by a fourteenth. */
export function explanationLayout([height, width]: ImageShape): ExplanationLayout {
  const side = Math.min(height, width);
  const block = Math.ceil(Math.max(height, width) / longestSide);
  const patch = Math.max(1, Math.round(side / 5));
  const stride = Math.max(1, Math.round(side / 14));
  return {
    block,
    height: Math.ceil(height / block),
    width: Math.ceil(width / block),
    patch,
    stride,
    rows: Math.floor((height - patch) / stride) + 1,
    columns: Math.floor((width - patch) / stride) + 1,
  };
}
