import type { ExplanationLayout } from "@metabench/core";
import { tensor4d, type Tensor4D } from "@tensorflow/tfjs-core";
import { inScope } from "../../learner/index.ts";
import { probabilitiesOf } from "./probabilities.ts";
import type { LogitsOf } from "./saliency.ts";

/** Images asked about at once. */
const batch = 50;

type Patch = Pick<ExplanationLayout, "patch" | "stride" | "rows" | "columns">;

/** Where a patch lies, by row and column of the map. */
const places = ({ rows, columns, stride }: Patch) =>
  Array.from({ length: rows * columns }, (_, at) => ({
    top: Math.floor(at / columns) * stride,
    left: (at % columns) * stride,
  }));

/**
 * How much of its class's probability an image loses when a square patch of mean colour lies on it, patch by patch
 * (Zeiler, Fergus 2014, section 4.2, https://arxiv.org/abs/1311.2901): `[rows · columns]` for each image.
 *
 * @param images normalised, so that the mean colour is 0
 * @param classes the class of each image, `[n]`
 * @param together whether predictions depend on the other images: then only one of them is covered at a time, and all are asked
 */
export function occlusionMaps(
  logitsOf: LogitsOf,
  images: Tensor4D,
  classes: readonly number[],
  layout: Patch,
  together: boolean,
): readonly Float32Array[] {
  const [count, height, width, channels] = images.shape;
  const size = height * width * channels;
  const values = images.dataSync<"float32">();
  const own = (at: number) => values.subarray(at * size, (at + 1) * size);

  /** Probability of each row's class, of rows that `fill` writes. */
  const ask = (rows: number, fill: (row: Float32Array, at: number) => void, wanted: (at: number) => number) =>
    inScope(() => {
      const inputs = new Float32Array(rows * size);
      for (let at = 0; at < rows; at += 1) fill(inputs.subarray(at * size, (at + 1) * size), at);
      const all = probabilitiesOf(logitsOf(tensor4d(inputs, [rows, height, width, channels])));
      return all.map((row, at) => row[wanted(at)] ?? 0);
    });
  const cover = (row: Float32Array, { top, left }: { readonly top: number; readonly left: number }) => {
    for (let y = top; y < top + layout.patch; y += 1)
      row.fill(0, (y * width + left) * channels, (y * width + left + layout.patch) * channels);
  };
  const bare = ask(
    count,
    (row, at) => row.set(own(at)),
    (at) => classes[at] ?? 0,
  );
  const all = places(layout);

  return classes.map((wanted, image) => {
    const covered = together
      ? all.map((place) => {
          const asked = ask(
            count,
            (row, at) => {
              row.set(own(at));
              if (at === image) cover(row, place);
            },
            (at) => classes[at] ?? 0,
          );
          return asked[image] ?? 0;
        })
      : Array.from({ length: Math.ceil(all.length / batch) }, (_, at) =>
          all.slice(at * batch, (at + 1) * batch),
        ).flatMap((some) =>
          ask(
            some.length,
            (row, at) => {
              const place = some[at];
              row.set(own(image));
              if (place) cover(row, place);
            },
            () => wanted,
          ),
        );
    return Float32Array.from(covered, (probability) => (bare[image] ?? 0) - probability);
  });
}
