import {
  fromBase64,
  unpackHeatMap,
  type ExplainedExample,
  type Explanation,
  type HeatMap,
} from "@metabench/core";
import { heatPng, picturePng } from "./png.ts";

/** A heat map as it is drawn over its image, in pixels of the image. */
export interface DrawnMap {
  readonly png: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** What the map shows, in words. */
  readonly words: string;
  /** Its highest and lowest value. */
  readonly range: string;
}

/** One explained image, ready to be drawn. */
export interface DrawnExample extends Pick<
  ExplainedExample,
  "picture" | "label" | "predicted" | "probability"
> {
  readonly saliency: DrawnMap | null;
  readonly occlusion: DrawnMap;
  /** Attention by class, each the sum over its support images; null where the method has none. */
  readonly attention: readonly number[] | null;
}

/** An explanation, ready to be drawn. */
export interface DrawnExplanation {
  /** Height and width of the images. */
  readonly image: readonly [height: number, width: number];
  /** Pictures by their place in the explanation. */
  readonly pictures: readonly string[];
  readonly pictureSize: readonly [height: number, width: number];
  readonly tasks: readonly (Pick<Explanation["tasks"][number], "name" | "classes" | "support"> & {
    readonly examples: readonly DrawnExample[];
  })[];
  /** Characters of all pictures and maps together. */
  readonly size: number;
}

const inPrint = (value: number) => {
  const text = Math.abs(value).toPrecision(2);
  return `${value > 0 ? "+" : value < 0 ? "−" : ""}${String(Number(text))}`;
};

/** Where a map of rows and columns is strongest, as a reader would say it. */
function place(at: number, columns: number, rows: number): string {
  const vertical = ["top", "middle", "bottom"][Math.floor((3 * Math.floor(at / columns)) / rows)] ?? "";
  const horizontal = ["left", "centre", "right"][Math.floor((3 * (at % columns)) / columns)] ?? "";
  return `${vertical} ${horizontal}`;
}

function drawMap(
  map: HeatMap,
  shape: { readonly columns: number; readonly rows: number },
  frame: Pick<DrawnMap, "x" | "y" | "width" | "height">,
  what: (where: string) => string,
): DrawnMap {
  const values = unpackHeatMap(map);
  const highest = Math.max(...values);
  const lowest = Math.min(...values);
  const where = place(values.indexOf(highest), shape.columns, shape.rows);
  return {
    png: heatPng(values, shape.columns, shape.rows),
    ...frame,
    words: highest > 0 ? what(where) : "Nothing in the image supports the class",
    range: `${inPrint(lowest)} to ${inPrint(highest)}`,
  };
}

const byClass = (attention: readonly number[], classes: number) => {
  const shots = attention.length / classes;
  return Array.from({ length: classes }, (_, at) =>
    attention.slice(at * shots, (at + 1) * shots).reduce((sum, share) => sum + share, 0),
  );
};

/** Makes pictures and maps of an explanation. */
export function drawExplanation({ image, kept, occlusion, pictures, tasks }: Explanation): DrawnExplanation {
  const [height, width] = image;
  const { patch, stride, rows, columns } = occlusion;
  const before = (patch - stride) / 2;
  const drawn = tasks.map(({ name, classes, support, examples }) => ({
    name,
    classes,
    support,
    examples: examples.map(
      ({
        picture,
        label,
        predicted,
        probability,
        saliency,
        occlusion: covered,
        attention,
      }): DrawnExample => ({
        picture,
        label,
        predicted,
        probability,
        saliency:
          saliency &&
          drawMap(
            saliency,
            { columns: kept.width, rows: kept.height },
            { x: 0, y: 0, width: kept.width * kept.block, height: kept.height * kept.block },
            (where) => `The strongest support for the class is at the ${where}`,
          ),
        occlusion: drawMap(
          covered,
          { columns, rows },
          { x: before, y: before, width: columns * stride, height: rows * stride },
          (where) => `The probability drops most when the patch covers the ${where}`,
        ),
        attention: attention && byClass(attention, classes),
      }),
    ),
  }));
  const shown = pictures.map((bytes) => picturePng(fromBase64(bytes), kept.width, kept.height));
  const maps = drawn.flatMap(({ examples }) =>
    examples.flatMap((one) => [one.saliency?.png ?? "", one.occlusion.png]),
  );
  return {
    image: [height, width],
    pictures: shown,
    pictureSize: [kept.height * kept.block, kept.width * kept.block],
    tasks: drawn,
    size: [...shown, ...maps].reduce((sum, text) => sum + text.length, 0),
  };
}
