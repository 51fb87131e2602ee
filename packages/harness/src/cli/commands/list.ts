import type { AnyAlgorithm, BackbonePlugin, DatasetPlugin, Protocol } from "@metabench/core";
import type { Command } from "commander";
import type { z } from "zod";
import { exitCodesText } from "../exit-codes.ts";
import { folders } from "../flags/folder.ts";
import { repeated } from "../flags/repeated.ts";
import {
  listAlgorithmsSchema,
  listAxesSchema,
  listBackbonesSchema,
  listDatasetsSchema,
  listProtocolsSchema,
  listSuitesSchema,
} from "../json/index.ts";
import { printJson } from "../json/print.ts";
import { axesEntry, axesText } from "../list/axes.ts";
import { describePlugin, originEntry, originLines, pluginEntry, presetLines } from "../list/plugin-entry.ts";
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
    .description(
      "List what you can choose from: algorithms, datasets, backbones, protocols, suites, and the axes of tasks.",
    )
    .addHelpText(
      "after",
      `\nExamples:\n  metabench list algorithms\n  metabench list datasets --plugin ./my-data.ts --json\n${exitCodesText}`,
    );
  const add = (name: string, description: string, action: (flags: ListFlags) => Promise<void>) => {
    const command = list
      .command(name)
      .description(description)
      .option("--json", "print the list as JSON")
      .option("--plugin <source>", "load plugins from a package, folder or file (repeatable)", repeated);
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
  add("algorithms", "List methods and controls, with their options and publications.", async (flags) =>
    listAlgorithms(flags, terminal),
  );
  add("datasets", "List data sets, with licence, options and the sources of their files.", async (flags) =>
    listDatasets(flags, terminal),
  );
  add("backbones", "List the networks that protocols use, with their options.", async (flags) =>
    listBackbones(flags, terminal),
  );
  add("protocols", "List protocols, with the budgets of each tier.", async (flags) =>
    listProtocols(flags, terminal),
  );
  add("suites", "List suites: selections of protocols and algorithms.", async (flags) =>
    listSuites(flags, terminal),
  );
  add("axes", "List the inputs, targets and regimes that tasks may have.", async (flags) =>
    Promise.resolve(listAxes(flags, terminal)),
  );
}

function listAxes(flags: ListFlags, terminal: Terminal): void {
  if (flags.json) printJson(terminal, listAxesSchema, { schema: "metabench/list-axes/1", ...axesEntry() });
  else terminal.out(axesText(terminal.colours.bold));
}

async function listAlgorithms(flags: ListFlags, terminal: Terminal): Promise<void> {
  const { algorithms } = await (await surroundings(flags)).registry();
  const entries = algorithms.map((one) => ({
    ...pluginEntry<AnyAlgorithm>(one),
    setting: one.plugin.setting,
    regime: one.plugin.regime,
    targets: [...one.plugin.targets],
    inputs: one.plugin.inputs && [...one.plugin.inputs],
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

async function listProtocols(flags: ListFlags, terminal: Terminal): Promise<void> {
  const { protocols } = await (await surroundings(flags)).registry();
  const entries = protocols.map(({ plugin: { id, tiers, at }, origin }) => ({
    id,
    tiers: [...tiers],
    at: tiers.map((tier): Protocol => at(tier)),
    origin: originEntry(origin),
  }));
  if (flags.json)
    return printJson(terminal, listProtocolsSchema, {
      schema: "metabench/list-protocols/1",
      protocols: entries,
    });
  for (const entry of entries) terminal.out(describeProtocol(entry, terminal.colours));
}

async function listSuites(flags: ListFlags, terminal: Terminal): Promise<void> {
  const { suites } = await (await surroundings(flags)).registry();
  if (flags.json) {
    const entries = suites.map(({ plugin: { id, tier, title, entries: own }, origin }) => ({
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
      origin: originEntry(origin),
    }));
    return printJson(terminal, listSuitesSchema, { schema: "metabench/list-suites/1", suites: entries });
  }
  for (const { plugin: suite, origin } of suites) {
    terminal.out(`${terminal.colours.bold(suite.id)}  ${suite.title} (tier ${suite.tier})`);
    for (const { protocol, algorithms } of suite.entries)
      terminal.out(
        `  ${protocol}: ${algorithms.map(({ id, options }) => [id, ...Object.values(options).map(String)].join(" ")).join(", ")}`,
      );
    for (const line of originLines(origin)) terminal.out(line);
  }
}
