import canonicalize from "canonicalize";
import { testSetOf } from "../leaderboard/comparability.ts";
import { essentialsOf } from "../protocol/essentials.ts";
import type { TrialRecord } from "../record/trial-record.ts";
import type { Obstacle } from "./verdict.ts";

/** Why two records may not share a table, and what differs in words. */
export interface ObstacleFound {
  readonly code: Obstacle;
  readonly detail: string;
}

const same = (a: unknown, b: unknown) => canonicalize(a) === canonicalize(b);
const short = (hash: string | null) => (hash === null ? "none" : hash.slice(0, 8));

/** What keeps the results of two records from being compared, the first reason found; null where nothing does. */
export function obstacleBetween(a: TrialRecord, b: TrialRecord): ObstacleFound | null {
  const [one, two] = [a.spec, b.spec];
  if (one.protocol.id !== two.protocol.id || one.protocol.tier !== two.protocol.tier)
    return {
      code: "protocol",
      detail: `${one.protocol.id} at ${one.protocol.tier} and ${two.protocol.id} at ${two.protocol.tier} are two protocols`,
    };
  if (one.protocol.version !== two.protocol.version)
    return {
      code: "protocol-version",
      detail: `version ${String(one.protocol.version)} and version ${String(two.protocol.version)} of the protocol`,
    };
  const [mine, theirs] = [essentialsOf(one.protocol), essentialsOf(two.protocol)] as const;
  const fields = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])].filter(
    (field) => !same(mine[field as keyof typeof mine], theirs[field as keyof typeof theirs]),
  );
  if (fields.length > 0) return { code: "protocol", detail: `the protocols differ in ${fields.join(", ")}` };
  if (one.dataset.contentHash !== two.dataset.contentHash)
    return {
      code: "data",
      detail: `contents ${short(one.dataset.contentHash)} and ${short(two.dataset.contentHash)} of data set ${one.dataset.id}`,
    };
  if (!same(one.backbone, two.backbone))
    return {
      code: "backbone",
      detail: `the backbones ${one.backbone.id} and ${two.backbone.id} differ in options or version`,
    };
  const [tested, other] = [testSetOf(a), testSetOf(b)];
  if (tested !== null && other !== null && tested !== other)
    return { code: "episodes", detail: `test episodes ${short(tested)} and ${short(other)}` };
  return null;
}
