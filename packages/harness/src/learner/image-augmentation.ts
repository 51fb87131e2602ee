import type { Augmentation, ImageShape, Random } from "@metabench/core";

/** Largest shift of `crop`, as a share of a side; 4 pixels of 32, as is usual. */
const largestShift = 1 / 8;
/** Largest angle of `rotate`, in degrees to either side: less than tells Omniglot's rotated classes apart. */
const largestAngle = 10;
/** Largest change of size of `scale`, to either side of 1. */
const largestScaling = 0.1;

/** Where a pixel of the changed image comes from: v ↦ centre + matrix · (v − centre) + shift, in pixels, x before y. */
interface Placement {
  readonly matrix: readonly [number, number, number, number];
  readonly shift: readonly [number, number];
}

/** Between −1 and 1. */
const either = (random: Random) => 2 * random.uniform() - 1;

function draw(asked: readonly Augmentation[], [height, width]: ImageShape, random: Random): Placement {
  const mirror = asked.includes("flip") && random.below(2) === 1 ? -1 : 1;
  const angle = asked.includes("rotate") ? (either(random) * largestAngle * Math.PI) / 180 : 0;
  const size = asked.includes("scale") ? 1 + either(random) * largestScaling : 1;
  const upTo = (side: number) => {
    const most = Math.floor(side * largestShift);
    return asked.includes("crop") ? random.below(2 * most + 1) - most : 0;
  };
  const [cos, sin] = [Math.cos(angle) / size, Math.sin(angle) / size];
  return { matrix: [mirror * cos, mirror * -sin, sin, cos], shift: [upTo(width), upTo(height)] };
}

const within = (position: number, side: number) => Math.min(Math.max(position, 0), side - 1);

/** Changes an image `[height, width, channels]` in place, at random. */
export type ImageChange = (image: Float32Array) => void;

/**
 * The changes asked for, made in one go: an image is read once, between pixels by bilinear interpolation, and beyond its edge as its edge.
 * Each image draws its own; `random` belongs to the changes from here on.
 */
export function imageAugmentation(
  asked: readonly Augmentation[],
  shape: ImageShape,
  random: Random,
): ImageChange {
  const [height, width, channels] = shape;
  const before = new Float32Array(height * width * channels);
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  const pixel = (x: number, y: number, channel: number) => before[(y * width + x) * channels + channel] ?? 0;

  return (image) => {
    before.set(image);
    const {
      matrix: [xx, xy, yx, yy],
      shift: [dx, dy],
    } = draw(asked, shape, random);
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1) {
        const fromX = within(middleX + xx * (x - middleX) + xy * (y - middleY) + dx, width);
        const fromY = within(middleY + yx * (x - middleX) + yy * (y - middleY) + dy, height);
        const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
        const [right, bottom] = [within(left + 1, width), within(top + 1, height)];
        const [across, down] = [fromX - left, fromY - top];
        for (let channel = 0; channel < channels; channel += 1) {
          const upper = pixel(left, top, channel) * (1 - across) + pixel(right, top, channel) * across;
          const lower = pixel(left, bottom, channel) * (1 - across) + pixel(right, bottom, channel) * across;
          image[(y * width + x) * channels + channel] = upper * (1 - down) + lower * down;
        }
      }
  };
}
