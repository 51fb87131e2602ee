import { z } from "zod";
import { inputIds, targetIds, type Input, type Target } from "../axes/index.ts";
import type { Random } from "../sampling/random.ts";
import type { ImageShape } from "./context.ts";
import { checkSources, type Source } from "./data-source.ts";
import { checkDefinition, parseOptions, type OptionsSchema } from "./definition.ts";
import { field } from "./field.ts";
import { manifestSchema, type JsonObject, type Manifest } from "./manifest.ts";
import { webAddress } from "./web-address.ts";

/** The three splits of every data set. They share no class (few-shot) and no example (multi-task). */
export const splitNames = ["train", "validation", "test"] as const;
/** Name of a split. */
export type SplitName = (typeof splitNames)[number];

/** How bytes become network inputs: `(pixel / 255 − mean) / deviation`, per channel. */
export interface Normalisation {
  /** One number per channel (per feature, for vectors). */
  readonly mean: readonly number[];
  /** One number above 0 per channel (per feature, for vectors). */
  readonly deviation: readonly number[];
}

/** Images of classes, for few-shot learning. Labels index `classNames`; images are `[n, height, width, channels]` bytes. */
export interface ClassifiedImages {
  /** Says which form the data have. */
  readonly kind: "classified-images";
  /** Height, width and channels of every image. */
  readonly image: ImageShape;
  /** How bytes become network inputs. */
  readonly normalisation: Normalisation;
  /** One split for each of `train`, `validation` and `test`. */
  readonly splits: Readonly<Record<SplitName, ClassifiedSplit>>;
}

/** One split of {@link ClassifiedImages}. */
export interface ClassifiedSplit {
  /** Bytes `[n, height, width, channels]`, image by image. */
  readonly images: Uint8Array;
  /** `[n]`, the position of each image's class in `classNames`. */
  readonly labels: Uint16Array;
  /** Names of the classes. No class is in two splits. */
  readonly classNames: readonly string[];
}

/** A classification task of {@link MultiTaskImages}. */
export interface ImageTask {
  /** The task's name, a key of `targets`. */
  readonly id: string;
  /** The only kind there is in this form. */
  readonly kind: "classification";
  /** Targets run from 0 to one less. */
  readonly classes: number;
}

/** Images with a target for each of several tasks. */
export interface MultiTaskImages {
  /** Says which form the data have. */
  readonly kind: "multi-task-images";
  /** Height, width and channels of every image. */
  readonly image: ImageShape;
  /** How bytes become network inputs. */
  readonly normalisation: Normalisation;
  /** The tasks, in the order in which tables show them. */
  readonly tasks: readonly ImageTask[];
  /** One split for each of `train`, `validation` and `test`. */
  readonly splits: Readonly<Record<SplitName, MultiTaskSplit>>;
}

/** One split of {@link MultiTaskImages}. */
export interface MultiTaskSplit {
  /** Bytes `[n, height, width, channels]`, image by image. */
  readonly images: Uint8Array;
  /** For each task by id, the class of every image, `[n]`. */
  readonly targets: Readonly<Record<string, Uint8Array>>;
}

/** What one input of {@link TaskExamples} is. */
export type InputForm =
  | { readonly kind: "image"; readonly shape: ImageShape; readonly normalisation: Normalisation }
  | {
      readonly kind: "vector";
      readonly features: number;
      /** Networks see `(number − mean) / deviation`, feature by feature. */
      readonly normalisation: Normalisation;
    };

/** A task of {@link TaskExamples}: what it predicts. */
export type TaskForm =
  | { readonly id: string; readonly target: "class"; readonly classes: number }
  | { readonly id: string; readonly target: "values"; readonly values: number };

/** The examples that have a target of one task: their positions in the split's inputs, and as many targets. */
export interface TaskTargets {
  /** Positions in the split's inputs. */
  readonly examples: Uint32Array;
  /** Classes as `Uint16Array` `[n]`; numbers as `Float32Array` `[n, values]`, row by row. */
  readonly targets: Uint16Array | Float32Array;
}

/** Inputs of one split, and by task the examples that have a target of it. */
export interface TaskSplit {
  /** Images as bytes `[n, height, width, channels]`; vectors as `Float32Array` `[n, features]`. */
  readonly inputs: Uint8Array | Float32Array;
  /** For each task by id, its examples and their targets. */
  readonly tasks: Readonly<Record<string, TaskTargets>>;
}

/**
 * Tasks that each have targets for some of the examples: every task its own examples, shared ones, or shared ones with missing targets.
 *
 * All tasks have one kind of target. Each task has at least one training example and two test examples.
 */
export interface TaskExamples {
  /** Says which form the data have. */
  readonly kind: "task-examples";
  /** What one input is: an image with its shape, or a vector with its number of features. */
  readonly input: InputForm;
  /** The tasks, in the order in which tables show them. */
  readonly tasks: readonly TaskForm[];
  /** One split for each of `train`, `validation` and `test`. */
  readonly splits: Readonly<Record<SplitName, TaskSplit>>;
}

/** A family of functions to regress. Nothing is stored: functions are drawn when needed. */
export interface FunctionFamily {
  /** Says which form the data have. */
  readonly kind: "function-family";
  /** Length of an input. */
  readonly inputs: number;
  /** Length of an output. */
  readonly outputs: number;
  /** Draws a function `[inputs] → [outputs]`. The function itself must not draw. */
  draw(random: Random): (x: readonly number[]) => readonly number[];
  /** Draws an input for support or training points. */
  input(random: Random): readonly number[];
  /** The fixed inputs of the queries, in order: as many as `points`. */
  grid(points: number): readonly (readonly number[])[];
}

/** What a data set's `prepare` returns. */
export type PreparedData = StoredData | FunctionFamily;

/** Prepared data that are kept as arrays in a folder. */
export type StoredData = ClassifiedImages | MultiTaskImages | TaskExamples;

/** Argument of {@link defineDataset}. */
export interface DatasetDefinition<O extends OptionsSchema> extends Manifest {
  /** What an input is. Needed where `prepare` returns `task-examples`; other kinds of data say it themselves. */
  readonly input?: Input;
  /** What is predicted. Needed where `prepare` returns `task-examples`; other kinds of data say it themselves. */
  readonly target?: Target;
  /** What the data may be used for. */
  readonly licence: { readonly name: string; readonly url: string };
  /** Zod schema of the options: a strict object. */
  readonly options: O;
  /** Files needed under these options. */
  sources(options: z.output<O>): readonly Source[];
  /** The expected SHA-256 of the prepared content under these options, or null if you do not pin it. */
  contentHash(options: z.output<O>): string | null;
  /** Reads the sources, given as absolute paths by source name, into arrays. Runs in Node. */
  prepare(
    files: Readonly<Record<string, string>>,
    options: z.output<O>,
  ): Promise<PreparedData> | PreparedData;
}

/** A data set as the harness uses it. */
export interface DatasetPlugin extends Manifest {
  readonly kind: "dataset";
  /** Kinds of input and target, where they are not those of the protocol's kind. */
  readonly input?: Input;
  readonly target?: Target;
  readonly licence: { readonly name: string; readonly url: string };
  readonly optionsSchema: OptionsSchema;
  parseOptions(options: unknown): JsonObject;
  sources(options: unknown): readonly Source[];
  contentHash(options: unknown): string | null;
  prepare(files: Readonly<Record<string, string>>, options: unknown): Promise<PreparedData>;
}

const licenceSchema = z.strictObject({
  name: field(z.string().min(1), { form: "a string", example: '"CC BY 4.0"', about: "the licence's name" }),
  url: field(webAddress, {
    form: "a string that begins with http:// or https://",
    example: '"https://creativecommons.org/licenses/by/4.0/"',
    about: "its text",
  }),
});

/** What a data set says of itself beside what every plugin does. */
export const datasetManifest = manifestSchema.extend({
  licence: field(licenceSchema, {
    form: "an object { name, url }",
    example: '{ name: "CC BY 4.0", url: "https://creativecommons.org/licenses/by/4.0/" }',
    about: "what the data may be used for",
  }),
  input: field(z.enum(inputIds).exactOptional(), {
    form: `one of ${inputIds.map((name) => JSON.stringify(name)).join(", ")}, or leave it out`,
    example: '"vector"',
    about: "what an input is; needed where `prepare` returns task-examples",
  }),
  target: field(z.enum(targetIds).exactOptional(), {
    form: `one of ${targetIds.map((name) => JSON.stringify(name)).join(", ")}, or leave it out`,
    example: '"values"',
    about: "what is predicted; needed where `prepare` returns task-examples",
  }),
});

/**
 * Declares a data set.
 *
 * @throws MetabenchError `invalid-plugin` when the manifest is wrong; from the methods `invalid-options`, and `contract-broken` for wrong
 * sources.
 */
export function defineDataset<O extends OptionsSchema>(definition: DatasetDefinition<O>): DatasetPlugin {
  const { options: optionsSchema, sources, contentHash, prepare, ...manifest } = definition;
  const checked = checkDefinition("dataset", datasetManifest, manifest, {
    options: optionsSchema,
    sources,
    contentHash,
    prepare,
  });
  const parse = (options: unknown) => parseOptions(`data set ${checked.id}`, optionsSchema, options);
  return {
    ...checked,
    kind: "dataset",
    optionsSchema,
    parseOptions: (options) => parse(options) as JsonObject,
    sources: (options) => checkSources(checked.id, sources(parse(options))),
    contentHash: (options) => contentHash(parse(options)),
    prepare: async (files, options) => prepare(files, parse(options)),
  };
}
