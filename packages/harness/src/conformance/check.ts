import type { AnyAlgorithm } from "@metabench/core";
import type { Applies } from "./applies.ts";
import type { Making, Specimen } from "./specimen.ts";

/** A plugin, and learners of it in its setting. */
export interface Subject {
  readonly plugin: AnyAlgorithm;
  /** Options that the learners are made with. */
  readonly options: unknown;
  /** Makes a fresh learner. */
  make(making?: Making): Specimen;
  /** Checks that every variable is one of these learners', or was there before the check began. */
  checkVariables(...specimens: readonly Specimen[]): void;
}

/** One thing that every learner that it applies to must keep. */
export interface Check {
  readonly name: string;
  /** What is kept, in a sentence for people. */
  readonly sentence: string;
  /** Which learners it is asked of. */
  readonly appliesTo: Applies;
  /** Returns what is wrong and what to fix, or null. What the plugin throws counts as wrong too. */
  look(subject: Subject): Promise<string | null> | string | null;
}
