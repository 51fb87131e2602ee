import { describeIssues, MetabenchError, splitNames, type PreparedData } from "@metabench/core";
import { z } from "zod";

const bytes = z.instanceof(Uint8Array, { error: "a Uint8Array" });
const integers = z.instanceof(Uint16Array, { error: "a Uint16Array" });
const floats = z.instanceof(Float32Array, { error: "a Float32Array" });
const inEverySplit = <Split extends z.ZodType>(split: Split) => z.record(z.enum(splitNames), split);
const images = {
  image: z.tuple([z.int().positive(), z.int().positive(), z.int().positive()]),
  normalisation: z.object({ mean: z.array(z.number()), deviation: z.array(z.number().positive()) }),
};
const drawn = z.custom((value) => typeof value === "function", { error: "a function" });

const shape = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("classified-images"),
    ...images,
    splits: inEverySplit(
      z.object({ images: bytes, labels: integers, classNames: z.array(z.string()).nonempty() }),
    ),
  }),
  z.object({
    kind: z.literal("multi-task-images"),
    ...images,
    tasks: z.array(z.object({ id: z.string(), classes: z.int().positive() })).nonempty(),
    splits: inEverySplit(z.object({ images: bytes, targets: z.record(z.string(), bytes) })),
  }),
  z.object({
    kind: z.literal("task-examples"),
    input: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("image"), shape: images.image, normalisation: images.normalisation }),
      z.object({
        kind: z.literal("vector"),
        features: z.int().positive(),
        normalisation: images.normalisation,
      }),
    ]),
    tasks: z
      .array(
        z.discriminatedUnion("target", [
          z.object({ target: z.literal("class"), id: z.string(), classes: z.int().positive() }),
          z.object({ target: z.literal("values"), id: z.string(), values: z.int().positive() }),
        ]),
      )
      .nonempty(),
    splits: inEverySplit(
      z.object({
        inputs: z.union([bytes, floats], { error: "a Uint8Array of pixels or a Float32Array of features" }),
        tasks: z.record(
          z.string(),
          z.object({
            examples: z.instanceof(Uint32Array, { error: "a Uint32Array" }),
            targets: z.union([integers, floats], { error: "a Uint16Array or a Float32Array" }),
          }),
        ),
      }),
    ),
  }),
  z.object({
    kind: z.literal("function-family"),
    inputs: z.int().positive(),
    outputs: z.int().positive(),
    draw: drawn,
    input: drawn,
    grid: drawn,
  }),
]);

/**
 * Checks that what a data set plugin prepared has the parts of its kind (plugins may be JavaScript).
 *
 * @throws MetabenchError `contract-broken`, naming data set and part
 */
export function checkShape(id: string, data: unknown): asserts data is PreparedData {
  const { error } = shape.safeParse(data);
  if (error)
    throw new MetabenchError(
      "contract-broken",
      `Data set ${id} returned invalid data from prepare(): ${describeIssues(error)}. Fix its prepare function.`,
    );
}
