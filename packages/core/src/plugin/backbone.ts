import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from "@tensorflow/tfjs-core";
import type { z } from "zod";
import type { Random } from "../sampling/random.ts";
import { manifestSchema, type JsonObject, type Manifest } from "./manifest.ts";
import { checkDefinition, parseOptions, type OptionsSchema } from "./definition.ts";
import type { Weights } from "./weights.ts";

/** Embeddings, and the statistics that layers which normalise used. */
export interface Embedded<T extends Tensor = Tensor> {
  readonly embedding: T;
  readonly statistics: Weights;
}

/**
 * The network for several tasks at once, each with weights of its own: where a loop over tasks needs an operation a task, one does.
 *
 * The form of the weights and statistics is the backbone's own affair; methods only repeat, differentiate and descend.
 */
export interface StackedBackbone<W extends Weights = Weights> {
  /** One set of weights, `tasks` times; differentiable. */
  repeat(weights: W, tasks: number): Weights;
  /** A set of weights a task; differentiable. Of the form that {@link StackedBackbone.repeat} gives. */
  join(weights: readonly W[]): Weights;
  /** `[tasks, n, …input]` → `[tasks, n, features]`, each task with its own weights and statistics; otherwise as {@link Backbone.apply}. */
  apply(weights: Weights, inputs: Tensor, statistics?: Weights): Embedded<Tensor3D>;
}

/** The network's feature maps instead of a vector, with room left between them: for methods that compare them place by place. */
export interface FeatureMaps<W extends Weights = Weights> {
  /** Height, width and channels of the maps of an image. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** `[n, …input]` → `[n, height, width, channels]` under the same weights; the second half of the layers that pool does not. */
  apply(weights: W, inputs: Tensor, statistics?: Weights): Embedded<Tensor4D>;
}

/**
 * A network without a head, as functions of its weights: `[n, …input]` → `[n, features]`.
 *
 * Functional, so that methods may adapt the weights and differentiate through it twice.
 */
export interface Backbone<W extends Weights = Weights> {
  /** Length of an embedding. */
  readonly features: number;
  /** Fresh weights; bit-exact for one stream on every backend. */
  initialise(random: Random): W;
  /**
   * Embeds inputs. Layers that normalise use the batch's own statistics, or the `statistics` given (a support set's, or
   * running averages); the ones used come back, differentiable, in the same form. A backbone without such layers has `{}`.
   */
  apply(weights: W, inputs: Tensor, statistics?: Weights): Embedded<Tensor2D>;
  /** The same without the last poolings, nor flattening. Optional: methods that compare feature maps need it. */
  readonly maps?: FeatureMaps<W>;
  /** The same for several tasks at once. Optional: methods that adapt weights a task are faster with it. */
  readonly stacked?: StackedBackbone<W>;
}

/** What a backbone plugin is asked for. */
export interface BackboneContext {
  /** Shape of one input: `[height, width, channels]` of images, `[inputs]` of vectors. */
  readonly inputShape: readonly number[];
}

/** What {@link defineBackbone} takes. */
export interface BackboneDefinition<O extends OptionsSchema> extends Manifest {
  readonly options: O;
  create(context: BackboneContext, options: z.output<O>): Backbone;
}

/** A backbone as the harness sees it: options are parsed by `instantiate`. */
export interface BackbonePlugin extends Manifest {
  readonly kind: "backbone";
  readonly optionsSchema: OptionsSchema;
  parseOptions(options: unknown): JsonObject;
  instantiate(context: BackboneContext, options: unknown): Backbone;
}

/**
 * Declares a backbone.
 *
 * @throws MetabenchError `invalid-plugin` when the manifest is wrong; `invalid-options` from `instantiate`.
 */
export function defineBackbone<O extends OptionsSchema>(definition: BackboneDefinition<O>): BackbonePlugin {
  const { options: optionsSchema, create, ...manifest } = definition;
  const checked = checkDefinition("backbone", manifestSchema, manifest, { options: optionsSchema, create });
  return {
    ...checked,
    kind: "backbone",
    optionsSchema,
    parseOptions: (options) => parseOptions(`backbone ${checked.id}`, optionsSchema, options) as JsonObject,
    instantiate: (context, options) =>
      create(context, parseOptions(`backbone ${checked.id}`, optionsSchema, options)),
  };
}
