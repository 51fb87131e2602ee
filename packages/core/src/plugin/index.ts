import type { AnyAlgorithm } from "./algorithm.ts";
import type { BackbonePlugin } from "./backbone.ts";
import type { DatasetPlugin } from "./dataset.ts";

export * from "./algorithm.ts";
export * from "./backbone.ts";
export * from "./content.ts";
export * from "./context.ts";
export * from "./data-source.ts";
export * from "./dataset.ts";
export * from "./definition.ts";
export { formOf, type FieldForm } from "./field.ts";
export * from "./learner.ts";
export * from "./manifest.ts";
export * from "./nearest.ts";
export * from "./training-options.ts";
export * from "./weights.ts";

/** Anything a plugin module may export. */
export type Plugin = AnyAlgorithm | BackbonePlugin | DatasetPlugin;
