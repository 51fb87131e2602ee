import type { JsonObject } from "@metabench/core";
import type { Command } from "commander";
import type { z } from "zod";
import { cacheFolder } from "../../backend/index.ts";
import { prepareDataset } from "../../prepare/index.ts";
import { exitCodesText } from "../exit-codes.ts";
import { folders } from "../flags/folder.ts";
import { repeated } from "../flags/repeated.ts";
import { setting } from "../flags/settings.ts";
import { prepareSchema } from "../json/index.ts";
import { printJson } from "../json/print.ts";
import { onInterruption } from "../run/interruption.ts";
import { withoutRepeats } from "../repeats.ts";
import { showSteps } from "../steps.ts";
import { surroundings, type SharedFlags } from "../surroundings.ts";
import type { Terminal } from "../terminal.ts";

interface PrepareFlags extends SharedFlags {
  readonly set?: JsonObject;
  readonly json?: true;
}

type PreparedList = z.input<typeof prepareSchema>["datasets"];

/** `metabench prepare`: data sets made ready ahead of a run. */
export function addPrepare(program: Command, terminal: Terminal): void {
  program
    .command("prepare")
    .description(
      "Prepare data sets: find or download their files, check the content, keep it in the cache. `run` does this too.",
    )
    .argument("<dataset...>", "ids from `metabench list datasets`")
    .option("--set <option=value>", "set an option of the data set (repeatable)", setting)
    .option("--data <folder>", "look for data files here first, then in METABENCH_DATA (repeatable)", folders)
    .option("--plugin <source>", "load plugins from a package, folder or file (repeatable)", repeated)
    .option("--json", "print what was prepared as JSON")
    .addHelpText(
      "after",
      `\nExamples:\n  metabench prepare omniglot --data ~/data\n  metabench prepare double-mnist --set size=28\n${exitCodesText}`,
    )
    .action(async (ids: readonly string[], flags: PrepareFlags) => {
      const { existingRoots, registry, pluginOptions } = await surroundings(flags);
      const roots = existingRoots();
      const { find } = await registry();
      const chosen = ids.map((id) => find.dataset(id));
      const interruption = onInterruption(terminal);
      const steps = showSteps("Preparing", chosen.length, terminal);
      const say = withoutRepeats((line) => steps.terminal.note(line));
      const datasets: PreparedList = [];
      try {
        for (const { plugin, origin } of chosen) {
          steps.at(plugin.title);
          const options = { ...pluginOptions.datasets[plugin.id], ...flags.set };
          const prepared = await prepareDataset(plugin, options, {
            roots,
            cacheFolder: cacheFolder(),
            pluginModule: origin.module,
            pluginSource: origin.source,
            signal: interruption.signal,
            onProgress: ({ message }) => say(message),
          });
          const { contentHash, folder } = prepared;
          datasets.push({
            id: plugin.id,
            version: plugin.version,
            options: { ...prepared.options } as PreparedList[number]["options"],
            contentHash,
            folder,
          });
          steps.done();
        }
      } finally {
        steps.stop();
        interruption.release();
      }
      if (flags.json) printJson(terminal, prepareSchema, { schema: "metabench/prepare/1", datasets });
      else for (const dataset of datasets) terminal.out(describe(dataset));
    });
}

function describe({ id, options, contentHash, folder }: PreparedList[number]): string {
  const where = folder === null ? "none: drawn as needed" : folder;
  return `${id} ${JSON.stringify(options)}\n  content  ${contentHash}\n  folder   ${where}`;
}
