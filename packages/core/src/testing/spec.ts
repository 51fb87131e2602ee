import type { JsonObject } from "../plugin/manifest.ts";
import type { TrainingOptions } from "../plugin/training-options.ts";
import type { Protocol } from "../protocol/protocol.ts";
import { findProtocol } from "./protocols.ts";
import type { TrialSpec } from "../record/trial-spec.ts";
import { sha256Hex } from "../sampling/sha256.ts";

/** What a test states about a spec. {@link buildSpec} fills in the rest. */
export interface SpecSketch {
  /** Default: `few-shot/double-mnist-28/5w1s` at tier `quick`. */
  readonly protocol?: Protocol;
  /** Id of the algorithm. Default: `maml`. */
  readonly algorithm?: string;
  /** Version of the algorithm. Default: `1.0.0`. */
  readonly version?: string;
  /** Options of the algorithm. Default: none. */
  readonly options?: JsonObject;
  /** Default: 0. */
  readonly seed?: number;
  /** Hash of the data's content. Default: a fixed one. */
  readonly contentHash?: string;
  /** What was asked of training. Default: nothing. */
  readonly trainingOptions?: TrainingOptions;
}

/** The spec of a trial; data set and backbone are those of its protocol, in version 1.0.0. */
export function buildSpec(sketch: SpecSketch = {}): TrialSpec {
  const { protocol = findProtocol("few-shot/double-mnist-28/5w1s").at("quick") } = sketch;
  const plugin = { version: "1.0.0", source: null };
  return {
    schemaVersion: 1,
    protocol,
    algorithm: {
      ...plugin,
      id: sketch.algorithm ?? "maml",
      version: sketch.version ?? plugin.version,
      options: { ...sketch.options } as TrialSpec["algorithm"]["options"],
    },
    dataset: {
      ...plugin,
      id: protocol.dataset.id,
      options: protocol.dataset.options,
      contentHash: sketch.contentHash ?? sha256Hex("content"),
    },
    backbone: { ...plugin, id: protocol.backbone.id, options: protocol.backbone.options },
    seed: sketch.seed ?? 0,
    reference: null,
    ...(sketch.trainingOptions && { training: sketch.trainingOptions }),
  };
}
