import type { AnyAlgorithm } from "./plugin/algorithm.ts";
import type { BackbonePlugin } from "./plugin/backbone.ts";
import type { DatasetPlugin } from "./plugin/dataset.ts";
import type { ProtocolPlugin } from "./protocol/definition.ts";
import type { SuitePlugin } from "./protocol/suite.ts";

/** A plugin with a manifest and options, which are part of a trial's identity. */
export type OptionedPlugin = AnyAlgorithm | BackbonePlugin | DatasetPlugin;

/** Anything a plugin module may export by default, alone or in a list. */
export type Plugin = OptionedPlugin | ProtocolPlugin | SuitePlugin;
