import { kindIds } from "../axes/index.ts";
import { episodesOf } from "../protocol/episodes-of.ts";
import type { TrialRecord } from "../record/trial-record.ts";
import { collect, type TableRecords } from "./collect.ts";
import { headlineOf, type Leaderboard, type Table } from "./leaderboard.ts";
import { headlineBySeed } from "./measurements.ts";
import { paretoOf } from "./pareto-of.ts";
import { allCompleted, referenceOf } from "./reference-row.ts";
import { rowOf } from "./row-of.ts";
import { place, type Contender } from "./standings-of.ts";
import { addressed, type AddressedTable } from "./table-address.ts";

const newestOf = (records: readonly TrialRecord[]) =>
  records.toSorted((a, b) => b.provenance.finishedAt.localeCompare(a.provenance.finishedAt))[0];

function tableOf({ records, id, notComparable }: AddressedTable, all: readonly TableRecords[]): Table | null {
  const newest = newestOf(records.rows.flatMap((row) => row.seeds));
  if (!newest) return null;
  const headline = headlineOf(newest.spec.protocol, newest.display.dataset);
  const contenders: Contender[] = [];
  const unranked: Table["rows"] = [];
  for (const collected of records.rows) {
    const last = newestOf(collected.seeds);
    if (!last) continue;
    const reference = referenceOf(last.spec, records, all, last.display.dataset);
    const row = rowOf(collected, last, records.transductive, headline, reference);
    const completed = allCompleted(collected);
    if (completed && row.score)
      contenders.push({ row: { ...row, score: row.score }, items: headlineBySeed(completed) });
    else unranked.push(row);
  }
  const { rows, pairs } = place(contenders, headline);
  const [tested] = contenders;
  const { protocol, dataset, backbone } = newest.spec;
  const { display } = newest;
  return {
    id,
    protocol,
    dataset: {
      id: dataset.id,
      version: dataset.version,
      contentHash: dataset.contentHash,
      ...display.dataset,
    },
    backbone: { id: backbone.id, version: backbone.version, title: display.backbone.title },
    episodesHash: episodesOf(protocol) && records.testSet,
    items: tested?.items.values().next().value?.length ?? null,
    transductive: records.transductive,
    notComparable,
    headline,
    rows: [...rows, ...unranked],
    pairs,
    pareto: paretoOf(rows, headline),
  };
}

/**
 * Compiles records into standings: tables of comparable rows with scores, intervals, ranks, adaptation, transfer and cost.
 *
 * A table holds one protocol, version, tier and division on one content of the data and one list of test episodes; rows of
 * other data or episodes stand in tables of their own that say so, and transductive rows too. A failed seed fails its row.
 * Nothing is imputed, nothing is the best of several runs. Of records with one identity the first counts.
 *
 * @throws MetabenchError `invalid-record` where the parts of a record's result do not fit together
 */
export function compileLeaderboard(records: readonly TrialRecord[]): Leaderboard {
  const collected = collect(records);
  const tables = addressed(collected).flatMap((table) => tableOf(table, collected) ?? []);
  return {
    schemaVersion: 1,
    newest: newestOf(records)?.provenance.finishedAt ?? null,
    records: new Set(records.map((record) => record.identity)).size,
    tables: tables.toSorted(byAddress),
  };
}

const byAddress = (a: Table, b: Table) =>
  kindIds.indexOf(a.protocol.kind) - kindIds.indexOf(b.protocol.kind) ||
  a.id.localeCompare(b.id, "en", { numeric: true });
