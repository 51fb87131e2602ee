import type { z } from "zod";
import {
  checkDefinitionOf,
  type CheckedDefinition,
  type Loaded,
  type PluginRegistry,
} from "../../plugins/index.ts";
import type { conformSchema } from "../json/index.ts";
import type { Terminal } from "../terminal.ts";

/** Checks the plugins of a module that make no learners: protocols, suites, data sets and backbones. */
export function checkDefinitions(module: string, registry: PluginRegistry): readonly CheckedDefinition[] {
  const { protocols, suites, datasets, backbones } = registry;
  const here = <P>(all: readonly Loaded<P>[]) => all.filter(({ origin }) => origin.module === module);
  return [...here(datasets), ...here(backbones), ...here(protocols), ...here(suites)].map((one) =>
    checkDefinitionOf(one, registry),
  );
}

/** Whether every check was passed. */
export const passedAll = ({ checks }: CheckedDefinition): boolean =>
  checks.every(({ mend }) => mend === null);

/** A checked plugin as a document of `conform --json` has it. */
export const definitionEntry = (
  definition: CheckedDefinition,
): z.input<typeof conformSchema>["definitions"][number] => ({
  kind: definition.kind,
  id: definition.id,
  passed: passedAll(definition),
  checks: definition.checks.map((one) => ({ ...one, status: one.mend === null ? "passed" : "failed" })),
  beyond: definition.beyond,
});

/** A checked plugin for people: what was asked, what to fix, and what no check here asks. */
export function definitionText(
  { kind, id, checks, beyond }: CheckedDefinition,
  colours: Terminal["colours"],
): string {
  const lines = checks.flatMap(({ name, sentence, mend }) =>
    mend === null
      ? [`  ${colours.green("pass")}  ${name}: ${sentence}`]
      : [`  ${colours.red("FAIL")}  ${name}: ${sentence}`, `        ${colours.bold(mend)}`],
  );
  return [`${kind} ${colours.bold(id)}`, ...lines, `  ${beyond}`].join("\n");
}
