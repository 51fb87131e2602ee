import { relative } from "node:path";
import process from "node:process";
import { didYouMean, MetabenchError, type AnyAlgorithm, type JsonObject } from "@metabench/core";
import type { Command } from "commander";
import type { z } from "zod";
import { conformInChild, type CheckResult } from "../../processes/index.ts";
import { locate, type CheckedDefinition, type Loaded } from "../../plugins/index.ts";
import { conformText, verdict } from "../conform/conform-text.ts";
import { checkDefinitions, definitionEntry, definitionText, passedAll } from "../conform/definitions.ts";
import { checkTypesOf, type CheckedFile } from "../conform/type-check.ts";
import { typeCheckText } from "../conform/type-check-text.ts";
import { exitCodes, exitCodesText } from "../exit-codes.ts";
import { timeLimit } from "../flags/numbers.ts";
import { backendOption } from "../flags/choice.ts";
import { repeated } from "../flags/repeated.ts";
import { setting } from "../flags/settings.ts";
import { conformSchema } from "../json/index.ts";
import { printJson } from "../json/print.ts";
import { onInterruption } from "../run/interruption.ts";
import { showSteps } from "../steps.ts";
import { surroundings } from "../surroundings.ts";
import type { Terminal } from "../terminal.ts";

interface ConformFlags {
  readonly algorithm?: readonly string[];
  readonly all?: true;
  readonly set?: JsonObject;
  readonly backend: "auto" | "native" | "wasm";
  readonly timeLimit: number;
  readonly json?: true;
}

type Conformed = z.input<typeof conformSchema>["algorithms"][number];

/** What a command line names: algorithms with where they come from, and the plugins of a source that make no learners, checked already. */
async function choose(
  source: string | undefined,
  { algorithm, all }: ConformFlags,
): Promise<{
  readonly chosen: readonly Loaded<AnyAlgorithm>[];
  readonly definitions: readonly CheckedDefinition[];
}> {
  if (source === undefined && algorithm === undefined && all === undefined)
    throw new MetabenchError(
      "invalid-usage",
      "Name what to check: a plugin (`metabench conform ./my-method.ts`), --algorithm <id>, or --all.",
    );
  const { cwd, registry } = await surroundings(source === undefined ? {} : { plugin: [source] });
  const plugins = await registry();
  const { algorithms } = plugins;
  const module = source === undefined || all ? undefined : (await locate(source, cwd)).module;
  const there = algorithms.filter(({ origin }) => module === undefined || origin.module === module);
  const chosen = there.filter(({ plugin }) => algorithm === undefined || algorithm.includes(plugin.id));
  const missing = algorithm?.find((id) => !there.some(({ plugin }) => plugin.id === id));
  const definitions =
    module === undefined || algorithm !== undefined ? [] : checkDefinitions(module, plugins);
  if (chosen.length + definitions.length > 0 && missing === undefined) return { chosen, definitions };
  const ids = [...new Set(there.map(({ plugin }) => plugin.id))];
  const known = ids.join(", ");
  const meant = missing === undefined ? "" : didYouMean(missing, ids);
  if (module !== undefined)
    throw new MetabenchError(
      "plugin-not-found",
      `${source ?? ""} has no algorithm${missing === undefined ? "" : ` called "${missing}"`}${known === "" ? "" : `, only ${known}`}; conform checks algorithms only.${meant} Name a plugin that has one.`,
    );
  throw new MetabenchError(
    "plugin-not-found",
    `There is no algorithm called "${missing ?? ""}".${meant} See \`metabench list algorithms\`, or name its plugin.`,
  );
}

/** Options to check an algorithm with: its defaults, and what was set. */
function optionsOf(plugin: AnyAlgorithm, set: JsonObject): JsonObject {
  try {
    return plugin.parseOptions(set);
  } catch (error) {
    const shape = "shape" in plugin.optionsSchema ? plugin.optionsSchema.shape : {};
    // Asked of each field, since the message of a missing option does not differ from that of a wrong one.
    const wanting = Object.entries(shape as Readonly<Record<string, z.ZodType>>)
      .filter(([name, field]) => !(name in set) && !field.safeParse(undefined).success)
      .map(([name]) => name);
    if (wanting.length === 0 || !(error instanceof MetabenchError)) throw error;
    throw new MetabenchError(
      "invalid-options",
      `Algorithm ${plugin.id} wants a default for ${wanting.join(", ")}: it is checked, run and listed with its defaults. Give the schema one, such as z.number().default(0.1), or set it for this check: ${wanting.map((name) => `--set ${name}=…`).join(" ")}`,
      { cause: error },
    );
  }
}

async function conform(
  { plugin, origin }: Loaded<AnyAlgorithm>,
  { set = {}, backend, timeLimit }: ConformFlags,
  signal: AbortSignal,
  onResult: (result: CheckResult) => void,
): Promise<Conformed> {
  const options = optionsOf(plugin, set) as Conformed["options"];
  // Imported here: it brings TensorFlow.js, which no other command needs in this process.
  const { conformance } = await import("../../conformance/index.ts");
  const results = await conformInChild({
    checks: conformance(plugin),
    module: origin.module,
    id: plugin.id,
    setting: plugin.setting,
    options,
    backend,
    timeLimitSeconds: timeLimit,
    signal,
    onResult,
  });
  return {
    id: plugin.id,
    version: plugin.version,
    setting: plugin.setting,
    options,
    passed: results.every(({ mend }) => mend === null),
    checks: results.map((result) => ({ ...result, status: result.mend === null ? "passed" : "failed" })),
  };
}

/** `metabench conform`: checks algorithms against the contract of a learner. */
export function addConform(program: Command, terminal: Terminal): void {
  program
    .command("conform")
    .description(
      "Check that algorithms keep the contract of a learner (shapes, determinism, memory, checkpoints, types and more) and say what to fix.",
    )
    .argument("[plugin]", "package, folder or file; checks all of its algorithms")
    .option(
      "--algorithm <id>",
      "check only this algorithm; without a plugin, a built-in or configured one (repeatable)",
      repeated,
    )
    .option("--all", "check every algorithm: built in, configured, and of the plugin")
    .option("--set <option=value>", "set an option of the algorithms (repeatable)", setting)
    .option("--time-limit <seconds>", "stop a check that takes longer", timeLimit(1), 300)
    .addOption(backendOption())
    .option("--json", "print the results as JSON")
    .addHelpText(
      "after",
      `\nExamples:\n  metabench conform ./my-method.ts\n  metabench conform --algorithm maml --set order=1\n  metabench conform --all --json\n${exitCodesText}`,
    )
    .action(async (source: string | undefined, flags: ConformFlags) => {
      const { chosen, definitions } = await choose(source, flags);
      const steps = showSteps("Checking", chosen.length, terminal);
      const interruption = onInterruption(steps.terminal);
      const algorithms: Conformed[] = [];
      let types: readonly CheckedFile[];
      try {
        const checking = checkTypesOf(chosen, interruption.signal);
        checking.catch(() => undefined); // Told below, unless the checks end the command before.
        for (const one of chosen) {
          const { id, setting: kind } = one.plugin;
          const conformed = await conform(one, flags, interruption.signal, ({ name, mend }) => {
            steps.at(`${id}: ${name} done`);
            if (mend !== null) steps.terminal.note(`${id} (${kind}): ${name} failed`);
          });
          algorithms.push(conformed);
          steps.done();
          if (!flags.json) steps.terminal.out(conformText(conformed, terminal.colours));
        }
        types = await checking;
      } finally {
        steps.stop();
        interruption.release();
      }
      const passed =
        algorithms.every((one) => one.passed) &&
        definitions.every(passedAll) &&
        types.every(({ check }) => check.status !== "failed");
      if (flags.json)
        printJson(terminal, conformSchema, {
          schema: "metabench/conform/1",
          passed,
          types,
          algorithms,
          definitions: definitions.map(definitionEntry),
        });
      else {
        for (const { file, check } of types)
          terminal.out(
            `${relative(process.cwd(), file)}: ${typeCheckText(check, process.cwd(), terminal.colours)}`,
          );
        for (const one of definitions) terminal.out(definitionText(one, terminal.colours));
        const faults = types.flatMap(({ check }) => (check.status === "failed" ? check.faults : []));
        if (algorithms.length > 0) terminal.out(verdict(algorithms, faults.length));
      }
      if (!passed) process.exitCode = exitCodes.incomplete;
    });
}
