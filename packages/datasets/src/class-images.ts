import type { ClassifiedImages } from "@metabench/core";

/** The images of one class, given when they are asked for. */
export interface ClassOfImages {
  readonly name: string;
  readonly count: number;
  /** `count` images of equal length, in canonical order. */
  images(): Iterable<Uint8Array>;
}

/** Lays classes one behind the other: the arrays of a split. `size` is the number of bytes of an image. */
export function arrangeClasses(
  classes: readonly ClassOfImages[],
  size: number,
): ClassifiedImages["splits"]["train"] {
  const count = classes.reduce((sum, { count: images }) => sum + images, 0);
  const images = new Uint8Array(count * size);
  const labels = new Uint16Array(count);
  let at = 0;
  classes.forEach((one, label) => {
    labels.fill(label, at, at + one.count);
    for (const image of one.images()) {
      images.set(image, at * size);
      at += 1;
    }
  });
  return { images, labels, classNames: classes.map(({ name }) => name) };
}
