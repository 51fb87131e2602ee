import canonicalize from "canonicalize";
import { completedOf, type Cell } from "./cell.ts";
import type { ComparedCell } from "./report.ts";

type Warnings = ComparedCell["warnings"];

/** What else is worth knowing of two cells: an unchanged version with other results, other options, another number of parameters. */
export function warningsOf(baseline: Cell, candidate: Cell): Warnings {
  return [
    ...versionWarning(baseline, candidate),
    ...optionWarning(baseline, candidate),
    ...sizeWarning(baseline, candidate),
  ];
}

const deviceOf = (cell: Cell) => {
  const { backend, machine } = cell.newest.provenance;
  return canonicalize([backend?.name, backend?.device, backend?.threads, machine.cpu]);
};

function versionWarning(baseline: Cell, candidate: Cell): Warnings {
  const [before, after] = [completedOf(baseline), completedOf(candidate)];
  const changed = [...after].some(([seed, record]) => {
    const other = before.get(seed);
    return other?.identity === record.identity && canonicalize(other.result) !== canonicalize(record.result);
  });
  if (!changed || deviceOf(baseline) !== deviceOf(candidate)) return [];
  const { id, version } = candidate.newest.spec.algorithm;
  return [
    {
      code: "GATE-VERSION",
      detail: `${id} answers differently and is still version ${version}: raise its version`,
    },
  ];
}

function optionWarning({ newest: a }: Cell, { newest: b }: Cell): Warnings {
  const [before, after] = [a.spec.algorithm.options, b.spec.algorithm.options];
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (field) => canonicalize(before[field]) !== canonicalize(after[field]),
  );
  if (fields.length === 0) return [];
  return [{ code: "GATE-OPTIONS", detail: `options changed: ${fields.join(", ")}` }];
}

function sizeWarning(baseline: Cell, candidate: Cell): Warnings {
  const [one] = completedOf(baseline).values();
  const [two] = completedOf(candidate).values();
  const [before, after] = [one?.scalars.parameters, two?.scalars.parameters];
  if (before === undefined || after === undefined || before === after) return [];
  return [{ code: "GATE-PARAMETERS", detail: `${String(before)} parameters became ${String(after)}` }];
}
