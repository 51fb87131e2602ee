import type {
  DataAxes,
  JsonObject,
  Protocol,
  TrainingOptions,
  TrialRecord,
  TrialSpec,
} from "@metabench/core";
import type { EstimateBasis } from "./estimate.ts";
import type { PluginRegistry } from "../plugins/index.ts";
import type { Store } from "../store/index.ts";

/** Which trials run again though a record exists: none, those that did not complete, or all. */
export type Again = "none" | "unfinished" | "all";

/** An algorithm to be run, and how. */
export interface AlgorithmChoice {
  readonly id: string;
  readonly options: JsonObject;
  /** Its training options; absent without any. */
  readonly training?: TrainingOptions;
}

/** What is asked for: algorithms on protocols, before references and seeds are filled in. */
export interface RunRequest {
  readonly entries: readonly {
    readonly protocol: Protocol;
    readonly algorithms: readonly AlgorithmChoice[];
  }[];
  /** Training seeds; null takes the protocol's. */
  readonly seeds: readonly number[] | null;
  readonly again: Again;
}

/** What planning and running need of their surroundings. */
export interface RunEnvironment {
  readonly registry: PluginRegistry;
  readonly store: Store;
  /** Folders in which data files are looked for. */
  readonly roots: readonly string[];
  /** Folder of the suite's cache: prepared data, native libraries. */
  readonly cacheFolder: string;
  /** Told of slow steps, such as the preparation of a data set. */
  onProgress(message: string): void;
  readonly signal: AbortSignal;
}

/** One trial of a plan. */
export interface PlannedTrial {
  readonly identity: string;
  readonly spec: TrialSpec;
  /** For people: algorithm, protocol and seed. */
  readonly label: string;
  /** `done`: its record exists, and it is not to be run again. `resumable`: a checkpoint exists. */
  readonly state: "done" | "resumable" | "new";
  /** Not asked for: added by the planner because others are measured against it. */
  readonly addedAsReference: boolean;
  /** Kinds of input and target of its data, where they are not those of the protocol's kind. */
  readonly axes: DataAxes;
  /** Seconds it will take; null while unknown. */
  readonly estimateSeconds: number | null;
  /** `done` only: plugins whose code has changed, under the same version, since its record was made. */
  readonly otherCode: readonly string[];
  /** What the estimate rests on. */
  readonly estimateBasis: EstimateBasis;
}

/** Trials in the order in which they will start. */
export interface Plan {
  readonly trials: readonly PlannedTrial[];
}

/** How a plan is run. */
export interface RunOptions extends RunEnvironment {
  /** Trials side by side. */
  readonly jobs: number;
  /** Settings of the options of the algorithms asked for that were tried on validation data before these were kept, these included. */
  readonly triedSettings: number;
  /** Threads a trial. */
  readonly threads: number;
  readonly backend: "auto" | "native" | "wasm";
  readonly timeLimitSeconds: number | null;
  readonly memoryLimitBytes: number | null;
  /** As planned: also where another process has written a trial's record meanwhile. */
  readonly again: Again;
  onEvent(event: RunEvent): void;
}

/** The part of a trial that is under way. */
export type TrialPhase = "training" | "testing" | "timing";

/** What happens while a plan runs. */
export type RunEvent =
  | { readonly type: "trial-started"; readonly identity: string }
  | {
      readonly type: "progress";
      readonly identity: string;
      readonly phase: TrialPhase;
      /** Share of the phase that is done, 0 … 1. */
      readonly fraction: number;
      /** Until the end of the trial; null while unknown. */
      readonly secondsLeft: number | null;
      readonly note?: string;
    }
  | { readonly type: "trial-finished"; readonly identity: string; readonly record: TrialRecord };
