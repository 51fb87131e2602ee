import { printableJson } from "../text/index.ts";
import type { TrialRecord } from "./trial-record.ts";

/** Texts of several lines: what failed, and the end of a log. */
export const mayHaveLines = (path: readonly string[]): boolean =>
  path.at(-2) === "error" && path.at(-1) !== "code";

/**
 * A record in which no text holds a character that is not for print, so that it can be read again: messages and logs come from plugins.
 *
 * The spec stays as it is, since the record's identity is its hash; planning refuses one that holds such a character.
 */
export const printableRecord = <R extends TrialRecord>(record: R): R => ({
  ...printableJson(record, mayHaveLines),
  spec: record.spec,
});
