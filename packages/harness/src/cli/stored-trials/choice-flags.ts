import { tiers, type Tier } from "@metabench/core";
import type { Command } from "commander";
import { folder, folders } from "../flags/folder.ts";
import { positiveInteger, timeLimit, seeds } from "../flags/numbers.ts";
import { backendOption, choice } from "../flags/choice.ts";
import { repeated } from "../flags/repeated.ts";
import type { SharedFlags } from "../surroundings.ts";

/** Flags that choose trials of a store. */
export interface ChoiceFlags {
  readonly algorithm?: readonly string[];
  readonly protocol?: readonly string[];
  readonly tier?: Tier;
  readonly seeds?: readonly number[];
}

/** Flags of a command that works on the parameters of a store's trials, parsed. */
export interface StoredTrialFlags extends SharedFlags, ChoiceFlags {
  readonly threads: number;
  readonly backend: "auto" | "native" | "wasm";
  readonly timeLimit?: number;
  readonly force?: true;
  readonly json?: true;
}

/** Adds the flags that choose trials of a store, find their plugins and data, and set limits. */
export function addStoredTrialFlags(command: Command, defaultSeeds?: readonly number[]): Command {
  return command
    .option("--store <folder>", "folder of records (default: .metabench/results)", folder)
    .option("--algorithm <algorithm>", "only trials of this algorithm (repeatable)", repeated)
    .option("--protocol <protocol>", "only trials on this protocol (repeatable)", repeated)
    .addOption(choice("--tier <tier>", "only trials of this tier", tiers))
    .option("--seeds <seeds>", "only trials of these training seeds, such as 0,1,2", seeds, defaultSeeds)
    .option("--plugin <source>", "load plugins from a package, folder or file (repeatable)", repeated)
    .option("--data <folder>", "look for data files here first, then in METABENCH_DATA (repeatable)", folders)
    .option("--threads <number>", "threads per trial", positiveInteger, 1)
    .addOption(backendOption())
    .option("--time-limit <minutes>", "stop a trial that takes longer", timeLimit(60));
}
