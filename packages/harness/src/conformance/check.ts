import { kinds, regimes, targets, type AnyAlgorithm, type Kind } from "@metabench/core";
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

/** Which learners a check is for: all, those that adapt to a support set, or those that also give its classes labels. */
export type Applies = "all" | "adapting" | "labelling";

/** Whether a check is for the learners of a kind of protocol. */
export function appliesTo(applies: Applies, kind: Kind): boolean {
  const { regime, target } = kinds[kind];
  const adapts = regimes[regime].adapts;
  const holds: Readonly<Record<Applies, boolean>> = {
    all: true,
    adapting: adapts,
    labelling: adapts && targets[target].classes,
  };
  return holds[applies];
}

/** One thing that every learner of some kinds must keep. */
export interface Check {
  readonly name: string;
  /** What is kept, in a sentence for people. */
  readonly sentence: string;
  readonly applies: Applies;
  /** Returns what is wrong and what to fix, or null. What the plugin throws counts as wrong too. */
  look(subject: Subject): Promise<string | null> | string | null;
}
