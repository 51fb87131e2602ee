import {
  protocols,
  suites,
  type AnyAlgorithm,
  type BackbonePlugin,
  type DatasetPlugin,
  type Protocol,
} from "@metabench/core";
import type { Command } from "commander";
import type { z } from "zod";
import { exitCodesText } from "../exit-codes.ts";
import { folders } from "../flags/folder.ts";
import { repeated } from "../flags/repeated.ts";
import {
  listAlgorithmsSchema,
  listBackbonesSchema,
  listDatasetsSchema,
  listProtocolsSchema,
  listSuitesSchema,
} from "../json/index.ts";
import { printJson } from "../json/print.ts";
import { describePlugin, pluginEntry, presetLines } from "../list/plugin-entry.ts";
import { statusOf } from "../list/dataset-status.ts";
import { describeProtocol } from "../list/protocol-text.ts";
import { trainingJsonSchema, trainingLines } from "../list/training-text.ts";
import { surroundings, type SharedFlags } from "../surroundings.ts";
import type { Terminal } from "../terminal.ts";

interface ListFlags extends SharedFlags {
  readonly json?: true;
}

/** `metabench list …`: what there is to choose from. */
export function addList(program: Command, terminal: Terminal): void {
  const list = program
    .command("list")
    .description("List what you can choose from: algorithms, datasets, backbones, protocols, suites.")
    .addHelpText(
      "after",
      `\nExamples:\n  metabench list algorithms\n  metabench list datasets --plugin ./my-data.ts --json\n${exitCodesText}`,
    );
  const add = (
    name: string,
    description: string,
    withPlugins: boolean,
    action: (flags: ListFlags) => Promise<void>,
  ) => {
    const command = list.command(name).description(description).option("--json", "print the list as JSON");
    if (withPlugins)
      command.option(
        "--plugin <source>",
        "load plugins from a package, folder or file (repeatable)",
        repeated,
      );
    if (name === "datasets")
      command.option(
        "--data <folder>",
        "look for data files here first, then in METABENCH_DATA (repeatable)",
        folders,
      );
    command
      .addHelpText("after", `\nExample:\n  metabench list ${name} --json\n${exitCodesText}`)
      .action(action);
  };
  add("algorithms", "List methods and controls, with their options and publications.", true, async (flags) =>
    listAlgorithms(flags, terminal),
  );
  add(
    "datasets",
    "List data sets, with licence, options and the sources of their files.",
    true,
    async (flags) => listDatasets(flags, terminal),
  );
  add("backbones", "List the networks that protocols use, with their options.", true, async (flags) =>
    listBackbones(flags, terminal),
  );
  add("protocols", "List protocols, with the budgets of each tier.", false, async (flags) =>
    Promise.resolve(listProtocols(flags, terminal)),
  );
  add("suites", "List suites: selections of protocols and algorithms.", false, async (flags) =>
    Promise.resolve(listSuites(flags, terminal)),
  );
}

async function listAlgorithms(flags: ListFlags, terminal: Terminal): Promise<void> {
  const { algorithms } = await (await surroundings(flags)).registry();
  const entries = algorithms.map((one) => ({
    ...pluginEntry<AnyAlgorithm>(one),
    setting: one.plugin.setting,
    role: one.plugin.role,
    presets: structuredClone(one.plugin.presets) as Record<string, Record<string, z.core.util.JSONType>>,
  }));
  if (flags.json)
    return printJson(terminal, listAlgorithmsSchema, {
      schema: "metabench/list-algorithms/1",
      algorithms: entries,
      training: trainingJsonSchema(),
    });
  for (const entry of entries)
    terminal.out(
      describePlugin(
        entry,
        [`${entry.setting}${entry.role === "control" ? ", control" : ""}`, ...presetLines(entry.presets)],
        terminal.colours,
      ),
    );
  terminal.out(trainingLines().join("\n"));
}

async function listDatasets(flags: ListFlags, terminal: Terminal): Promise<void> {
  const { registry, existingRoots } = await surroundings(flags);
  const roots = existingRoots();
  const { datasets } = await registry();
  const entries: z.input<typeof listDatasetsSchema>["datasets"] = [];
  for (const one of datasets) {
    const status = await statusOf(one, roots);
    const entry = { ...pluginEntry<DatasetPlugin>(one), licence: one.plugin.licence };
    entries.push({ ...entry, status: status.json });
    if (!flags.json)
      terminal.out(
        describePlugin(entry, [`licence ${entry.licence.name}`, ...status.lines], terminal.colours),
      );
  }
  if (flags.json)
    printJson(terminal, listDatasetsSchema, { schema: "metabench/list-datasets/1", datasets: entries });
}

async function listBackbones(flags: ListFlags, terminal: Terminal): Promise<void> {
  const { backbones } = await (await surroundings(flags)).registry();
  const entries = backbones.map((one) => pluginEntry<BackbonePlugin>(one));
  if (flags.json)
    return printJson(terminal, listBackbonesSchema, {
      schema: "metabench/list-backbones/1",
      backbones: entries,
    });
  for (const entry of entries) terminal.out(describePlugin(entry, [], terminal.colours));
}

function listProtocols(flags: ListFlags, terminal: Terminal): void {
  const entries = protocols.map(({ id, tiers, at }) => ({
    id,
    tiers: [...tiers],
    at: tiers.map((tier): Protocol => at(tier)),
  }));
  if (flags.json)
    return printJson(terminal, listProtocolsSchema, {
      schema: "metabench/list-protocols/1",
      protocols: entries,
    });
  for (const { id, at } of entries) terminal.out(describeProtocol(id, at, terminal.colours));
}

function listSuites(flags: ListFlags, terminal: Terminal): void {
  if (flags.json) {
    const entries = suites.map(({ id, tier, title, entries: own }) => ({
      id,
      tier,
      title,
      entries: own.map(({ protocol, algorithms }) => ({
        protocol,
        algorithms: algorithms.map(({ id: algorithm, options }) => ({
          id: algorithm,
          options: structuredClone(options) as Record<string, z.core.util.JSONType>,
        })),
      })),
    }));
    return printJson(terminal, listSuitesSchema, { schema: "metabench/list-suites/1", suites: entries });
  }
  for (const suite of suites) {
    terminal.out(`${terminal.colours.bold(suite.id)}  ${suite.title} (tier ${suite.tier})`);
    for (const { protocol, algorithms } of suite.entries)
      terminal.out(
        `  ${protocol}: ${algorithms.map(({ id, options }) => [id, ...Object.values(options).map(String)].join(" ")).join(", ")}`,
      );
  }
}
