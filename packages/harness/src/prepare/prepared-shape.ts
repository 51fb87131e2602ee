import { describeIssues, MetabenchError, splitNames, type PreparedData } from "@metabench/core";
import { z } from "zod";

const bytes = z.instanceof(Uint8Array, { error: "a Uint8Array" });
const integers = z.instanceof(Uint16Array, { error: "a Uint16Array" });
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
