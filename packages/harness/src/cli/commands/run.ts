import { tiers, type JsonObject, type Tier } from "@metabench/core";
import type { Command } from "commander";
import { Option } from "commander";
import { exitCodesText } from "../exit-codes.ts";
import { folder, folders } from "../flags/folder.ts";
import { positiveInteger, positiveNumber, seeds, timeLimit } from "../flags/numbers.ts";
import { repeated } from "../flags/repeated.ts";
import { setting } from "../flags/settings.ts";
import { trainingSetting } from "../flags/training.ts";
import { trainingLines } from "../list/training-text.ts";
import { run } from "../run/run.ts";
import type { SharedFlags } from "../surroundings.ts";
import type { Terminal } from "../terminal.ts";

/** Flags of `metabench run`, parsed. */
export interface RunFlags extends SharedFlags {
  readonly suite?: string;
  readonly protocol?: readonly string[];
  readonly algorithm?: readonly string[];
  readonly tier?: Tier;
  readonly seeds?: readonly number[];
  readonly preset?: string;
  readonly set?: JsonObject;
  readonly training?: JsonObject;
  readonly dataset?: string;
  readonly datasetSet?: JsonObject;
  readonly backbone?: string;
  readonly backboneSet?: JsonObject;
  readonly budget?: number;
  readonly episodes?: number;
  readonly tried: number;
  readonly threads: number;
  readonly backend: "auto" | "native" | "wasm";
  readonly timeLimit?: number;
  readonly memoryLimit?: number;
  readonly force?: true;
  readonly retryFailed?: true;
  readonly yes?: true;
  readonly dryRun?: true;
  readonly robustness?: true;
  readonly profile?: true;
  readonly json?: true;
}

const examples = `
Examples:
  metabench run                                         the quick suite: minutes on two cores, no download
  metabench run --suite quick --dry-run                 only show what would run, and for how long
  metabench run --protocol few-shot/omniglot-vinyals/5w1s --tier standard --algorithm maml --set order=1
  metabench run --protocol few-shot/omniglot-vinyals/20w1s --algorithm maml --preset omniglot-20-way
  metabench run --protocol multi-task/multi-mnist --algorithm hard-sharing --profile
  metabench run --protocol few-shot/omniglot-vinyals/5w1s --algorithm maml --training clip-norm=1 --training augmentation=crop,rotate
  metabench run --protocol few-shot/cifar-fs/5w1s --algorithm maml --backbone resnet-12 --backbone-set width=32
  metabench run --protocol few-shot/mini-imagenet/5w1s --algorithm maml --dataset image-folder --dataset-set folder=birds
  metabench run --plugin ./my-method.ts --algorithm my-method --suite quick --seeds 0,1,2

Without --algorithm, a protocol is run with every algorithm for its setting. Trials whose record is in the store are done: a run
that was interrupted is continued by the same command.
`;

/** `metabench run`: plan, run, store, show. */
export function addRun(program: Command, terminal: Terminal): void {
  program
    .command("run")
    .description(
      "Run algorithms on protocols: plan, train and test each trial in a process of its own, store its record, show the standings.",
    )
    .option("--suite <suite>", "run a suite (default: quick, where no protocol is named)")
    .option(
      "--protocol <protocol>",
      "run this protocol, or only this one of the suite (repeatable)",
      repeated,
    )
    .option("--algorithm <algorithm>", "run this algorithm (repeatable)", repeated)
    .addOption(new Option("--tier <tier>", "budgets (default: the suite's, else quick)").choices([...tiers]))
    .option("--seeds <seeds>", "training seeds, such as 0,1,2 (default: the protocol's)", seeds)
    .option(
      "--preset <name>",
      "take a published setting of the algorithms named (metabench list algorithms shows them)",
    )
    .option(
      "--set <option=value>",
      "set an option of the algorithms named; a dot reaches into objects (repeatable)",
      setting,
    )
    .option(
      "--training <option=value>",
      "ask something of the training of every method, whatever its own options (repeatable; listed below)",
      trainingSetting,
    )
    .option(
      "--tried <number>",
      "settings of the options tried on validation data before these were kept; stands in the row",
      positiveInteger,
      1,
    )
    .option("--plugin <source>", "load plugins from a package, folder or file (repeatable)", repeated)
    .option("--data <folder>", "look for data files here (repeatable; METABENCH_DATA too)", folders)
    .option("--store <folder>", "folder of records (default: .metabench/results)", folder)
    .option(
      "--dataset <dataset>",
      "this data set instead of the protocol's; puts the trial in the open division",
    )
    .option(
      "--dataset-set <option=value>",
      "set an option of the data set of --dataset (repeatable)",
      setting,
    )
    .option(
      "--backbone <backbone>",
      "this backbone instead of the protocol's; puts the trial in the open division",
    )
    .option(
      "--backbone-set <option=value>",
      "set an option of the backbone of --backbone (repeatable)",
      setting,
    )
    .option(
      "--budget <images>",
      "training images instead of the protocol's; puts the trial in the open division",
      positiveInteger,
    )
    .option(
      "--episodes <number>",
      "test episodes instead of the protocol's; puts the trial in the open division",
      positiveInteger,
    )
    .option("--jobs <number>", "trials side by side (default: one a core)", positiveInteger)
    .option("--threads <number>", "threads a trial", positiveInteger, 1)
    .addOption(
      new Option("--backend <backend>", "what computes").choices(["auto", "native", "wasm"]).default("auto"),
    )
    .option("--time-limit <minutes>", "end a trial after this time; its record says so", timeLimit(60))
    .option(
      "--memory-limit <gigabytes>",
      "end a trial that grows beyond this; its record says so (Linux only)",
      positiveNumber,
    )
    .option(
      "--force",
      "run trials again whose record exists; of references that were not named only failed ones",
    )
    .addOption(
      new Option(
        "--retry-failed",
        "run trials again that did not complete; one that met a limit or crashed goes on from its checkpoint",
      ).conflicts(["force"]),
    )
    .option("--dry-run", "show the plan, run nothing")
    .addOption(
      new Option(
        "--profile",
        "show by operation where the time of each trial's first updates and of part of its test goes; writes no record",
      ).conflicts(["dryRun", "force", "retryFailed"]),
    )
    .addOption(
      new Option(
        "--robustness",
        "test each trial's trained parameters again under noisy images and wrong support labels (metabench retest)",
      ).conflicts(["profile"]),
    )
    .option("--yes", "do not ask before a run of more than half an hour")
    .option(
      "--json",
      "print the outcome (with --dry-run the plan, with --profile the times) as JSON; progress goes to standard error",
    )
    .addHelpText("after", `${examples}\n${trainingLines().join("\n")}\n${exitCodesText}`)
    .action(async (flags: RunFlags) => {
      process.exitCode = await run(flags, terminal);
    });
}
