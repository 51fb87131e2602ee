import canonicalize from "canonicalize";
import { sha256Hex } from "../sampling/sha256.ts";
import { essentialsOf } from "../protocol/essentials.ts";
import { readResult } from "../record/readers/index.ts";
import type { TrialRecord } from "../record/trial-record.ts";
import type { TrialSpec } from "../record/trial-spec.ts";

const hashOf = (value: unknown) => sha256Hex(canonicalize(value) ?? "");

/** Episode hash of a record, or what stands in for it: the number of test examples; null where the trial did not complete. */
export const testSetOf = (record: TrialRecord): string | null =>
  record.status === "completed" ? readResult(record).testSet : null;

/** Whether predictions for a query were found to depend on other queries. */
export const isTransductive = (record: TrialRecord): boolean =>
  record.status === "completed" && readResult(record).transductive;

/** Tables of one family answer the same question; only those with the same data, definition and episodes may be compared. */
export function familyOf(record: TrialRecord): string {
  const { id, version, tier, division } = record.spec.protocol;
  return `${id}/v${String(version)}/${tier}${division === "open" ? "/open" : ""}`;
}

/** Hash of protocol, data set and backbone: rows under one definition differ in the algorithm alone. */
export const definitionHash = ({ protocol, dataset, backbone }: TrialSpec): string =>
  hashOf({ protocol: essentialsOf(protocol), dataset, backbone });

/** Hash of all that must agree, beside the test episodes, before two records of a family are comparable. */
export function groundOf({ spec: { dataset, backbone, protocol } }: TrialRecord): string {
  return hashOf(
    protocol.division === "closed" ? { dataset, backbone, definition: essentialsOf(protocol) } : { dataset },
  );
}

/** Names a row: an algorithm, its version, options and source, training options, and in the open division the changes to the protocol. */
export function rowIdOf({ spec: { protocol, algorithm, backbone, training } }: TrialRecord): string {
  const changed = protocol.division === "open" ? { definition: essentialsOf(protocol), backbone } : {};
  return `${algorithm.id}-${hashOf({ algorithm, ...(training && { training }), ...changed }).slice(0, 8)}`;
}
