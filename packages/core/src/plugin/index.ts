export * from "./algorithm.ts";
export * from "./backbone.ts";
export * from "./content.ts";
export * from "./context.ts";
export * from "./dataset.ts";
export * from "./definition.ts";
export * from "./learner.ts";
export * from "./manifest.ts";
export * from "./weights.ts";

/** Anything a plugin module may export. */
export type Plugin = import("./algorithm.ts").AnyAlgorithm | import("./backbone.ts").BackbonePlugin | import("./dataset.ts").DatasetPlugin;
