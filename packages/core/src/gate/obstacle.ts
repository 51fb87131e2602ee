import canonicalize from "canonicalize";
import { isTransductive, testSetOf } from "../leaderboard/comparability.ts";
import { essentialsOf } from "../protocol/essentials.ts";
import type { TrialRecord } from "../record/trial-record.ts";
import type { Obstacle } from "./verdict.ts";

/** A reason why two records may not share a table, and what differs in words. */
export interface ObstacleFound {
  readonly code: Obstacle;
  readonly detail: string;
}

type Pair = readonly [TrialRecord, TrialRecord];

const same = (a: unknown, b: unknown) => canonicalize(a) === canonicalize(b);
const short = (hash: string) => hash.slice(0, 8);

/** Parts of a protocol that have reasons of their own. */
const named: readonly string[] = ["id", "tier", "version", "division"];

function protocolObstacles([{ spec: a }, { spec: b }]: Pair): readonly ObstacleFound[] {
  const [one, two] = [a.protocol, b.protocol];
  const found: ObstacleFound[] = [];
  for (const field of ["id", "tier", "division"] as const)
    if (one[field] !== two[field])
      found.push({ code: "protocol", detail: `protocol ${field}: ${one[field]} and ${two[field]}` });
  if (one.version !== two.version)
    found.push({
      code: "protocol-version",
      detail: `protocol version: ${String(one.version)} and ${String(two.version)}`,
    });
  // The open division compares over changed budgets and networks; there the data and the test alone must agree.
  if (found.length > 0 || one.division === "open") return found;
  const [mine, theirs]: readonly Readonly<Record<string, unknown>>[] = [essentialsOf(one), essentialsOf(two)];
  const fields = [...new Set([...Object.keys(mine ?? {}), ...Object.keys(theirs ?? {})])].filter(
    (field) => !named.includes(field) && !same(mine?.[field], theirs?.[field]),
  );
  return fields.map((field) => ({
    code: "protocol",
    detail: `protocol ${field}: ${JSON.stringify(mine?.[field])} and ${JSON.stringify(theirs?.[field])}`,
  }));
}

function dataObstacles([{ spec: a }, { spec: b }]: Pair): readonly ObstacleFound[] {
  const [one, two] = [a.dataset, b.dataset];
  if (one.contentHash !== two.contentHash)
    return [
      {
        code: "data",
        detail: `content of the data: ${one.id} ${short(one.contentHash)} and ${two.id} ${short(two.contentHash)}`,
      },
    ];
  if (one.id === two.id && one.version === two.version) return [];
  return [{ code: "data", detail: `data set: ${one.id} ${one.version} and ${two.id} ${two.version}` }];
}

function backboneObstacles([{ spec: a }, { spec: b }]: Pair): readonly ObstacleFound[] {
  if (a.protocol.division === "open" || same(a.backbone, b.backbone)) return [];
  const inWords = ({ id, version, options }: typeof a.backbone) =>
    `${id} ${version} ${JSON.stringify(options)}`;
  return [{ code: "backbone", detail: `backbone: ${inWords(a.backbone)} and ${inWords(b.backbone)}` }];
}

function testObstacles([a, b]: Pair): readonly ObstacleFound[] {
  const [one, two] = [testSetOf(a), testSetOf(b)];
  // A trial that did not complete has no test: it belongs where the rest of its row is.
  if (one === null || two === null) return [];
  const found: ObstacleFound[] = [];
  if (one !== two) found.push({ code: "episodes", detail: `test episodes: ${short(one)} and ${short(two)}` });
  if (isTransductive(a) !== isTransductive(b))
    found.push({
      code: "transduction",
      detail: "predictions for a query depend on the other queries in one of the two only",
    });
  return found;
}

/** Every reason why two records may not share a table; none where they may. */
export function obstaclesBetween(a: TrialRecord, b: TrialRecord): readonly ObstacleFound[] {
  const pair: Pair = [a, b];
  return [protocolObstacles, dataObstacles, backboneObstacles, testObstacles].flatMap((find) => find(pair));
}
