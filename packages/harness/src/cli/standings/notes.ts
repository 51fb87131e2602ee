import type { Flag, Table } from "@metabench/core";

/** Flags that every row has with the same text; they are printed once, below the table. */
export function sharedFlags({ rows }: Table): ReadonlySet<Flag["code"]> {
  const [first, ...rest] = rows;
  const alike = (a: Flag) => (b: Flag) => a.code === b.code && a.text === b.text;
  const shared = first?.flags.filter((flag) => rest.every((row) => row.flags.some(alike(flag)))) ?? [];
  return new Set(shared.map(({ code }) => code));
}

/** What is to be said below a table: how to read it, what its flags mean, why trials failed. */
export function notesOf(table: Table): readonly string[] {
  const { rows } = table;
  const lines: string[] = [];
  if (rows.some((row) => row.transfer.kind !== "none"))
    lines.push(
      "Negative transfer: score of the reference, which learns each task alone, minus score of the method. Above 0 the method is worse.",
    );
  if (rows.some((row) => row.transfer.kind === "few-shot"))
    lines.push(
      "Harmed: share of episodes in which the method scores below the reference. By chance: the same share between seeds of the reference.",
    );
  if (rows.some((row) => row.spread !== null))
    lines.push(
      "Seeds apart: standard deviation between training seeds, without episode noise. All parts of the variance: show --json, `spread`.",
    );
  const shared = sharedFlags(table);
  // Failures have lines of their own, with their reason.
  const flags = rows.flatMap((row) => row.flags).filter(({ code }) => code !== "failed-seed");
  const said = flags.map(({ code, text }) => (shared.has(code) ? `All rows: ${text}` : `${code}: ${text}`));
  lines.push(...new Set(said));
  for (const { algorithm, seeds } of rows)
    for (const { seed, status, error } of seeds)
      if (error) lines.push(`${algorithm.label}, seed ${String(seed)}, ${status}: ${error.message}`);
  return lines;
}
