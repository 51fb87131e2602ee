import CliTable from "cli-table3";
import type { z } from "zod";
import type { conformSchema } from "../json/index.ts";
import type { Terminal } from "../terminal.ts";

type Conformed = z.input<typeof conformSchema>["algorithms"][number];

const width = 100;

/** One algorithm's checks as a table. A finding that several checks share is printed once. */
export function conformText(
  { id, version, setting, checks }: Conformed,
  colours: Terminal["colours"],
): string {
  const grid = new CliTable({
    head: ["check", "", "rule, or what to fix"],
    style: { head: [], border: [] },
    colWidths: [20, 8, width],
    wordWrap: true,
  });
  const first = new Map<string, string>();
  for (const { name, sentence, mend } of checks) {
    if (mend === null) {
      grid.push([name, colours.green("pass"), sentence]);
      continue;
    }
    const before = first.get(mend);
    if (before === undefined) first.set(mend, name);
    const what = before === undefined ? mend : `As for ${before}.`;
    grid.push([name, colours.red("FAIL"), `${sentence}\n${colours.bold(what)}`]);
  }
  return `${colours.bold(id)} ${version}, ${setting}\n${grid.toString()}`;
}

/** The last line: how many checks passed, and the number of type errors. */
export function verdict(algorithms: readonly Conformed[], typeErrors: number): string {
  const checks = algorithms.flatMap((one) => one.checks);
  const failed = checks.filter(({ mend }) => mend !== null).length;
  const unfit = algorithms.filter(({ passed }) => !passed).map(({ id, setting }) => `${id} (${setting})`);
  const all = `${String(checks.length)} checks of ${String(algorithms.length)} algorithm${algorithms.length === 1 ? "" : "s"}`;
  const types =
    typeErrors === 0 ? "" : `, and ${String(typeErrors)} type error${typeErrors === 1 ? "" : "s"}`;
  return failed === 0
    ? `${all}: all passed${types}.`
    : `${all}: ${String(failed)} failed, of ${unfit.join(", ")}${types}.`;
}
