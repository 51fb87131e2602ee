import { tiers, type JsonObject, type Tier } from "@metabench/core";
import type { Command } from "commander";
import { Option } from "commander";
import { exitCodesText } from "../exit-codes.ts";
import { folder, folders } from "../flags/folder.ts";
import { positiveInteger, positiveNumber, seeds, timeLimit } from "../flags/numbers.ts";
import { backendOption, choice } from "../flags/choice.ts";
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
  metabench run --suite quick --dry-run                 show what would run and an estimate of the time; run nothing
  metabench run --protocol few-shot/omniglot-vinyals/5w1s --tier standard --algorithm maml --set order=1
  metabench run --protocol few-shot/omniglot-vinyals/20w1s --algorithm maml --preset omniglot-20-way
  metabench run --protocol multi-task/multi-mnist --algorithm hard-sharing --profile
  metabench run --protocol few-shot/omniglot-vinyals/5w1s --algorithm maml --training clip-norm=1 --training augmentation=crop,rotate
  metabench run --protocol few-shot/cifar-fs/5w1s --algorithm maml --backbone resnet-12 --backbone-set width=32
  metabench run --protocol few-shot/mini-imagenet/5w1s --algorithm maml --dataset image-folder --dataset-set folder=birds
  metabench run --plugin ./my-method.ts --algorithm my-method --suite quick --seeds 0,1,2

Without --algorithm, a protocol runs with every algorithm of its setting. Trials with a record in the store are done, so the same
command continues an interrupted run.
`;

/** `metabench run`: plan, run, store, show. */
export function addRun(program: Command, terminal: Terminal): void {
  program
    .command("run")
    .description(
      "Run algorithms on protocols: train and test each trial in a separate process, store its record, show the standings.",
    )
    .option("--suite <suite>", "run a suite (default: quick, where no protocol is named)")
    .option(
      "--protocol <protocol>",
      "run this protocol, or only this one of the suite (repeatable)",
      repeated,
    )
    .option("--algorithm <algorithm>", "run this algorithm (repeatable)", repeated)
    .addOption(choice("--tier <tier>", "budgets (default: the suite's, else quick)", tiers))
    .option("--seeds <seeds>", "training seeds, such as 0,1,2 (default: the protocol's)", seeds)
    .option(
      "--preset <name>",
      "use a published setting of the named algorithms (metabench list algorithms shows them)",
    )
    .option(
      "--set <option=value>",
      "set an option of the named algorithms; a.b=1 sets a field of an object (repeatable)",
      setting,
    )
    .option(
      "--training <option=value>",
      "set a training option for every method (repeatable; listed below)",
      trainingSetting,
    )
    .option(
      "--tried <number>",
      "number of option settings tried on validation data, this one included; the standings show it",
      positiveInteger,
      1,
    )
    .option("--plugin <source>", "load plugins from a package, folder or file (repeatable)", repeated)
    .option("--data <folder>", "look for data files here first, then in METABENCH_DATA (repeatable)", folders)
    .option("--store <folder>", "folder of records (default: .metabench/results)", folder)
    .option("--dataset <dataset>", "use this data set instead of the protocol's (open division)")
    .option(
      "--dataset-set <option=value>",
      "set an option of the data set given by --dataset (repeatable)",
      setting,
    )
    .option("--backbone <backbone>", "use this backbone instead of the protocol's (open division)")
    .option(
      "--backbone-set <option=value>",
      "set an option of the backbone given by --backbone (repeatable)",
      setting,
    )
    .option(
      "--budget <images>",
      "use this training budget instead of the protocol's (open division)",
      positiveInteger,
    )
    .option(
      "--episodes <number>",
      "use this number of test episodes instead of the protocol's (open division)",
      positiveInteger,
    )
    .option("--jobs <number>", "trials at the same time (default: one per core)", positiveInteger)
    .option("--threads <number>", "threads per trial", positiveInteger, 1)
    .addOption(backendOption())
    .option(
      "--time-limit <minutes>",
      "stop a trial that takes longer; its record is timed-out",
      timeLimit(60),
    )
    .option(
      "--memory-limit <gigabytes>",
      "stop a trial that uses more memory than this; its record is out-of-memory (Linux only)",
      positiveNumber,
    )
    .option(
      "--force",
      "run trials again although they have a record; references that were not named only if they failed",
    )
    .addOption(
      new Option(
        "--retry-failed",
        "run trials again that did not complete; one that met a limit or crashed continues from its checkpoint",
      ).conflicts(["force"]),
    )
    .option("--dry-run", "show the plan and run nothing")
    .addOption(
      new Option(
        "--profile",
        "time the operations of each trial's first updates and of part of its test; write no record",
      ).conflicts(["dryRun", "force", "retryFailed"]),
    )
    .addOption(
      new Option(
        "--robustness",
        "then test the trained parameters under noisy images and wrong support labels, as metabench retest does",
      ).conflicts(["profile"]),
    )
    .option("--yes", "do not ask before a run of more than half an hour, nor refuse one of more than 30 days")
    .option(
      "--json",
      "print the outcome (with --dry-run the plan, with --profile the times) as JSON; progress goes to standard error",
    )
    .addHelpText("after", `${examples}\n${trainingLines().join("\n")}\n${exitCodesText}`)
    .action(async (flags: RunFlags) => {
      process.exitCode = await run(flags, terminal);
    });
}
