import { inputIds, inputs, regimeIds, regimes, targetIds, targets } from "@metabench/core";
import type { z } from "zod";
import type { listAxesSchema } from "../json/index.ts";

/** What `metabench list axes` lists: inputs, targets and regimes, with what they are. */
export const axesEntry = (): Omit<z.input<typeof listAxesSchema>, "schema"> => ({
  inputs: inputIds.map((id) => ({ id, title: inputs[id].title, summary: inputs[id].summary })),
  targets: targetIds.map((id) => ({
    id,
    title: targets[id].title,
    summary: targets[id].summary,
    metrics: [...targets[id].metrics],
  })),
  regimes: regimeIds.map((id) => ({ id, title: regimes[id].title, summary: regimes[id].summary })),
});

/** The same for people. */
export function axesText(bold: (text: string) => string): string {
  const { inputs: taken, targets: predicted, regimes: met } = axesEntry();
  const section = (head: string, entries: readonly { readonly id: string; readonly summary: string }[]) => [
    bold(head),
    ...entries.map(({ id, summary }) => `  ${id.padEnd(12)}${summary}`),
    "",
  ];
  return [...section("Inputs", taken), ...section("Targets", predicted), ...section("Regimes", met)].join(
    "\n",
  );
}
