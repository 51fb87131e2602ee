import type { Table } from "@metabench/core";
import { rowNames } from "./row-names.ts";

const list = new Intl.ListFormat("en-GB");

/** Names in a sentence; those with commas of their own are set apart by semicolons. */
const listed = (names: readonly string[]): string =>
  names.length > 1 && names.some((name) => name.includes(","))
    ? `${names.slice(0, -1).join("; ")}; and ${names.at(-1) ?? ""}`
    : list.format(names);

/** What is to be said of the seeds of those that lead. */
function seedsOf(rows: Table["rows"]): string {
  const alone = rows.filter(({ score }) => score?.seeds === 1).length;
  if (alone === 0) return "";
  const which = alone === rows.length ? "one seed" : `${String(alone)} of them with one seed`;
  return ` (${which}: episode noise only)`;
}

/** A sentence that says who leads a table. It names ties, and leaders with one seed. */
export function leadersOf({ rows }: Pick<Table, "rows">): string {
  const first = rows.filter(({ place }) => place?.group === 1);
  const failed = rows.filter(({ score }) => score === null).length;
  const also = failed === 0 ? "" : ` ${String(failed)} of ${String(rows.length)} methods failed.`;
  const [leader, ...tied] = first;
  if (!leader) return `No method completed.${also}`;
  const seeds = seedsOf(first);
  if (rows.length === 1) return `Only ${leader.algorithm.label} has been run${seeds}.`;
  const nameOf = rowNames(rows);
  const names = listed(
    first.map(({ id, algorithm: { role, label } }) => {
      const name = nameOf.get(id) ?? label;
      return role === "control" ? `${name} (control)` : name;
    }),
  );
  const method = rows.find(({ algorithm, place }) => place && algorithm.role === "method");
  const best =
    method && first.every(({ algorithm }) => algorithm.role === "control")
      ? ` Best method: ${nameOf.get(method.id) ?? method.algorithm.label}.`
      : "";
  return tied.length === 0
    ? `${names} leads${seeds}.${best}${also}`
    : `${names} are tied${seeds}.${best}${also}`;
}
