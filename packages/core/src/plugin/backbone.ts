import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { inputIds, type Input } from "../axes/index.ts";
import type { Random } from "../sampling/random.ts";
import { manifestSchema, type JsonObject, type Manifest } from "./manifest.ts";
import { field } from "./field.ts";
import { checkDefinition, parseOptions, type OptionsSchema } from "./definition.ts";
import type { Weights } from "./weights.ts";

/** Embeddings, and the statistics that the normalisation layers used. */
export interface Embedded<T extends Tensor = Tensor> {
  /** `[n, features]`; `[tasks, n, features]` or `[n, height, width, channels]` where the function says so. */
  readonly embedding: T;
  /** Those of every normalisation layer, in a form of the backbone's choice; `{}` without such layers. */
  readonly statistics: Weights;
}

/**
 * The network applied to several tasks at once, each with its own weights: one operation replaces one operation per task.
 *
 * The backbone chooses the form of the stacked weights and statistics. Methods only repeat, differentiate and update them.
 */
export interface StackedBackbone<W extends Weights = Weights> {
  /** Repeats one set of weights for `tasks` tasks; differentiable. */
  repeat(weights: W, tasks: number): Weights;
  /** Stacks one set of weights per task, in the form that {@link StackedBackbone.repeat} returns; differentiable. */
  join(weights: readonly W[]): Weights;
  /** `[tasks, n, …input]` → `[tasks, n, features]`, each task with its own weights and statistics; otherwise as {@link Backbone.apply}. */
  apply(weights: Weights, inputs: Tensor, statistics?: Weights): Embedded<Tensor3D>;
}

/** The network's output as feature maps instead of a vector, for methods that compare images position by position. */
export interface FeatureMaps<W extends Weights = Weights> {
  /** Height, width and channels of the maps of an image. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** `[n, …input]` → `[n, height, width, channels]` with the same weights; the second half of the pooling layers does not pool. */
  apply(weights: W, inputs: Tensor, statistics?: Weights): Embedded<Tensor4D>;
}

/**
 * A network without a head, as functions of its weights: `[n, …input]` → `[n, features]`.
 *
 * It keeps no weights of its own, so methods can adapt them and differentiate through it twice.
 */
export interface Backbone<W extends Weights = Weights> {
  /** Length of an embedding. */
  readonly features: number;
  /** Draws initial weights. The same stream gives the same bits on every backend. */
  initialise(random: Random): W;
  /**
   * Embeds inputs. Normalisation layers use the batch's own statistics, or the given `statistics` (of a support set, or running
   * averages). The result contains the statistics that were used, differentiable and in the same form; `{}` without such layers.
   */
  apply(weights: W, inputs: Tensor, statistics?: Weights): Embedded<Tensor2D>;
  /** Optional: `apply` without the last poolings and without flattening. Methods that compare feature maps need it. */
  readonly maps?: FeatureMaps<W>;
  /** Optional: `apply` for several tasks at once. It makes methods with one set of adapted weights per task faster. */
  readonly stacked?: StackedBackbone<W>;
}

/** What `create` of a backbone receives. */
export interface BackboneContext {
  /** Shape of one input: `[height, width, channels]` of images, `[inputs]` of vectors. */
  readonly inputShape: readonly number[];
}

/** Argument of {@link defineBackbone}. */
export interface BackboneDefinition<O extends OptionsSchema> extends Manifest {
  /** The inputs that it takes. Default: `["image"]`. */
  readonly inputs?: readonly Input[];
  /** Zod schema of the options: a strict object with a default for every field. */
  readonly options: O;
  /** Makes the network for inputs of one shape. It holds no weights. */
  create(context: BackboneContext, options: z.output<O>): Backbone;
}

/** A backbone as the harness uses it; `instantiate` parses the options. */
export interface BackbonePlugin extends Manifest {
  readonly kind: "backbone";
  readonly inputs: readonly Input[];
  readonly optionsSchema: OptionsSchema;
  parseOptions(options: unknown): JsonObject;
  instantiate(context: BackboneContext, options: unknown): Backbone;
}

/** What a backbone says of itself beside what every plugin does. */
export const backboneManifest = manifestSchema.extend({
  inputs: field(z.array(z.enum(inputIds)).min(1).default(["image"]), {
    form: `a list of ${inputIds.map((name) => JSON.stringify(name)).join(", ")}, or leave it out`,
    example: '["vector"]',
    about: 'the inputs that it takes; ["image"] by default',
  }),
});

/**
 * Declares a backbone.
 *
 * @throws MetabenchError `invalid-plugin` when the manifest is wrong; `invalid-options` from `instantiate`.
 */
export function defineBackbone<O extends OptionsSchema>(definition: BackboneDefinition<O>): BackbonePlugin {
  const { options: optionsSchema, create, ...manifest } = definition;
  const checked = checkDefinition("backbone", backboneManifest, manifest, { options: optionsSchema, create });
  return {
    ...checked,
    kind: "backbone",
    optionsSchema,
    parseOptions: (options) => parseOptions(`backbone ${checked.id}`, optionsSchema, options) as JsonObject,
    instantiate: (context, options) =>
      create(context, parseOptions(`backbone ${checked.id}`, optionsSchema, options)),
  };
}
