import { z } from "zod";
import type { Input, Target } from "../axes/index.ts";
import { sha256Hex } from "../sampling/sha256.ts";
import canonicalize from "canonicalize";
import {
  splitNames,
  type ClassifiedImages,
  type MultiTaskImages,
  type StoredData,
  type TaskExamples,
} from "./dataset.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "a SHA-256 in lower-case hexadecimal");
const count = z.int().nonnegative();
const array = z.strictObject({ bytes: count, sha256 });
const image = z.tuple([z.int().positive(), z.int().positive(), z.int().positive()]);
const normalisation = z.strictObject({
  mean: z.array(z.number()),
  deviation: z.array(z.number().positive()),
});
const perSplit = <T extends z.ZodType>(split: T) =>
  z.strictObject({ train: split, validation: split, test: split });

/** Content of a {@link ClassifiedImages}: its shape, and the hash of each array. Labels are little-endian `uint16`. */
const classifiedContent = z.strictObject({
  kind: z.literal("classified-images"),
  image,
  normalisation,
  splits: perSplit(
    z.strictObject({ examples: count, classNames: z.array(z.string()), images: array, labels: array }),
  ),
});

/** Content of a {@link MultiTaskImages}: its shape, and the hash of each array; `targets` in the order of `tasks`. */
const multiTaskContent = z.strictObject({
  kind: z.literal("multi-task-images"),
  image,
  normalisation,
  tasks: z.array(
    z.strictObject({ id: z.string(), kind: z.literal("classification"), classes: z.int().positive() }),
  ),
  splits: perSplit(z.strictObject({ examples: count, images: array, targets: z.array(array) })),
});

/** Content of {@link TaskExamples}: its form, and the hash of each array; `tasks` of a split in the order of the tasks. */
const taskExamplesContent = z.strictObject({
  kind: z.literal("task-examples"),
  input: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("image"), shape: image, normalisation }),
    z.strictObject({ kind: z.literal("vector"), features: z.int().positive(), normalisation }),
  ]),
  tasks: z
    .array(
      z.discriminatedUnion("target", [
        z.strictObject({ target: z.literal("class"), id: z.string(), classes: z.int().positive() }),
        z.strictObject({ target: z.literal("values"), id: z.string(), values: z.int().positive() }),
      ]),
    )
    .min(1),
  splits: perSplit(
    z.strictObject({
      inputs: array,
      tasks: z.array(z.strictObject({ examples: array, targets: array })),
    }),
  ),
});

/**
 * Describes stored data, with the SHA-256 of each array in place of its bytes. So one split can be checked without the others, and
 * {@link contentHash} of this small object covers them all.
 */
export const contentSchema = z.discriminatedUnion("kind", [
  classifiedContent,
  multiTaskContent,
  taskExamplesContent,
]);

/** Describes stored data, with the SHA-256 of each array in place of its bytes. */
export type Content = z.infer<typeof contentSchema>;

/** The axes of stored data, where they name their own; those of the other kinds are their protocol's. */
export function axesOfContent(content: Content): { readonly input?: Input; readonly target?: Target } {
  if (content.kind !== "task-examples") return {};
  const [task] = content.tasks;
  return { input: content.input.kind, ...(task && { target: task.target }) };
}

/** SHA-256 in hexadecimal of bytes, or of a string as UTF-8. */
export type Sha256 = (message: Uint8Array | string) => string;

/** The bytes of a typed array, in memory order. */
export function bytesOf(values: Uint8Array | Uint16Array | Uint32Array | Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/**
 * The content of prepared images. Examples must be in the data set's canonical order (class name, then file name or index).
 *
 * `hash` may be a faster SHA-256 of the platform; the result is the same.
 */
export function describeContent(data: StoredData, hash: Sha256 = sha256Hex): Content {
  const array = (values: Parameters<typeof bytesOf>[0]) => ({
    bytes: values.byteLength,
    sha256: hash(bytesOf(values)),
  });
  if (data.kind === "task-examples") return describeTaskExamples(data, array);
  const shape = {
    image: [...data.image] as [number, number, number],
    normalisation: copyOf(data.normalisation),
  };
  const [height, width, channels] = data.image;
  const examples = (images: Uint8Array) => images.length / (height * width * channels);
  if (data.kind === "classified-images") {
    const split = ({ images, labels, classNames }: ClassifiedImages["splits"]["train"]) => ({
      examples: examples(images),
      classNames: [...classNames],
      images: array(images),
      labels: array(labels),
    });
    const { train, validation, test } = data.splits;
    return {
      kind: data.kind,
      ...shape,
      splits: { train: split(train), validation: split(validation), test: split(test) },
    };
  }
  const split = ({ images, targets }: MultiTaskImages["splits"]["train"]) => ({
    examples: examples(images),
    images: array(images),
    targets: data.tasks.map(({ id }) => array(targets[id] ?? new Uint8Array())),
  });
  const tasks = data.tasks.map(({ id, kind, classes }) => ({ id, kind, classes }));
  const { train, validation, test } = data.splits;
  return {
    kind: data.kind,
    ...shape,
    tasks,
    splits: { train: split(train), validation: split(validation), test: split(test) },
  };
}

function describeTaskExamples(
  { input, tasks, splits }: TaskExamples,
  array: (values: Parameters<typeof bytesOf>[0]) => { bytes: number; sha256: string },
): Content {
  const split = ({ inputs, tasks: targets }: TaskExamples["splits"]["train"]) => ({
    inputs: array(inputs),
    tasks: tasks.map(({ id }) => ({
      examples: array(targets[id]?.examples ?? new Uint32Array()),
      targets: array(targets[id]?.targets ?? new Uint16Array()),
    })),
  });
  return contentSchema.parse({
    kind: "task-examples",
    input,
    tasks,
    splits: Object.fromEntries(splitNames.map((name) => [name, split(splits[name])])),
  });
}

const copyOf = ({ mean, deviation }: ClassifiedImages["normalisation"]) => ({
  mean: [...mean],
  deviation: [...deviation],
});

/**
 * The SHA-256 that data set plugins pin: the hash of the content's JSON, with fields in the order of {@link contentSchema}.
 *
 * A changed pixel, label, class name or normalisation changes it. How the source files were packed does not. The two oldest kinds are
 * hashed in the order of the schema's fields, the others as canonical JSON (RFC 8785), which no order of fields can move.
 */
export function contentHash(content: Content, hash: Sha256 = sha256Hex): string {
  const parsed = contentSchema.parse(content);
  return hash(parsed.kind === "task-examples" ? (canonicalize(parsed) ?? "") : JSON.stringify(parsed));
}
