export { checkDefinitionOf, type CheckedDefinition } from "./definition-checks.ts";
export { whatIsFreed } from "./freed-tensor.ts";
export { whyNoEmbedding, whyUnfit } from "./fitting.ts";
export { fileUnderImport, guardedImport } from "./guarded-import.ts";
export { hashOfSource } from "./import-graph.ts";
export { codeOf } from "./code/code-of.ts";
export { importPlugin } from "./import.ts";
export { builtInSources, isBuiltIn, loadPlugins, type LoadOptions } from "./load.ts";
export {
  createRegistry,
  describeOrigin,
  type Loaded,
  type PluginOrigin,
  type PluginRegistry,
} from "./registry.ts";
export { locate } from "./source.ts";
export { describeThrown, isPluginsOwn } from "./plugin-frame.ts";
export { installResolution } from "./resolution.ts";
export { withoutDefaults } from "./without-defaults.ts";
export { checkTypes, compile, writeConfiguration, type TypeCheck } from "./types/index.ts";
