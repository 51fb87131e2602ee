import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import type { z } from "zod";
import type { Random } from "../sampling/random.ts";
import { manifestSchema, type JsonObject, type Manifest } from "./manifest.ts";
import { checkDefinition, parseOptions, type OptionsSchema } from "./definition.ts";
import type { Weights } from "./weights.ts";

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
  apply(
    weights: W,
    inputs: Tensor,
    statistics?: Weights,
  ): { readonly embedding: Tensor2D; readonly statistics: Weights };
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
