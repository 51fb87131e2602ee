import type { Flag, Table } from "@metabench/core";

/** Flags that every row has; they are said once, below the table. */
export function sharedFlags({ rows }: Table): ReadonlySet<Flag["code"]> {
  const [first, ...rest] = rows.map((row) => new Set(row.flags.map(({ code }) => code)));
  return new Set([...(first ?? [])].filter((code) => rest.every((flags) => flags.has(code))));
}

/** What is to be said below a table: how to read it, what its flags mean, why trials failed. */
export function notesOf(table: Table): readonly string[] {
  const { rows } = table;
  const lines: string[] = [];
  if (rows.some((row) => row.transfer.kind !== "none"))
    lines.push(
      "Negative transfer: the reference, which learns the task alone, minus the method; above 0 the method lost.",
    );
  const shared = sharedFlags(table);
  const flags = new Map(rows.flatMap((row) => row.flags.map(({ code, text }) => [code, text] as const)));
  // Failures have lines of their own, with their reason.
  flags.delete("failed-seed");
  for (const [code, text] of flags) lines.push(shared.has(code) ? `All rows: ${text}` : `${code}: ${text}`);
  for (const { algorithm, seeds } of rows)
    for (const { seed, status, error } of seeds)
      if (error) lines.push(`${algorithm.label}, seed ${String(seed)}, ${status}: ${error.message}`);
  return lines;
}
