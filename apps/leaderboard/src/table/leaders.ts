import type { Row, Table } from "@metabench/core";

const list = new Intl.ListFormat("en-GB");

const nameOf = ({ label, role }: Row["algorithm"]) => (role === "control" ? `${label} (control)` : label);

/** Who leads a table, in a sentence; ties are named as ties, and one seed is said to be one seed. */
export function leadersOf({ rows }: Pick<Table, "rows">): string {
  const first = rows.filter(({ place }) => place?.group === 1);
  const failed = rows.filter(({ score }) => score === null).length;
  const also = failed === 0 ? "" : ` ${String(failed)} of ${String(rows.length)} methods failed.`;
  const [leader, ...tied] = first;
  if (!leader) return `No method completed.${also}`;
  const seeds = leader.score?.basis === "episode noise only" ? " (one seed: episode noise only)" : "";
  if (rows.length === 1) return `Only ${leader.algorithm.label} has been run${seeds}.`;
  const names = list.format(first.map(({ algorithm }) => nameOf(algorithm)));
  const method = rows.find(({ algorithm, place }) => place && algorithm.role === "method");
  const best =
    method && first.every(({ algorithm }) => algorithm.role === "control")
      ? ` Best method: ${method.algorithm.label}.`
      : "";
  return tied.length === 0
    ? `${names} leads${seeds}.${best}${also}`
    : `${names} are tied${seeds}.${best}${also}`;
}
