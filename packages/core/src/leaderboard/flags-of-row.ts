import type { Protocol } from "../protocol/protocol.ts";
import type { TrialRecord } from "../record/trial-record.ts";
import type { Flag } from "./flag.ts";
import { deviceOf } from "./row-cost.ts";

const plural = (count: number, one: string) => `${String(count)} ${one}${count === 1 ? "" : "s"}`;

/** What a reader must know before believing a row, its reference aside. */
export function flagsOfRow(seeds: readonly TrialRecord[], protocol: Protocol, transductive: boolean): Flag[] {
  const flags: Flag[] = [];
  const completed = seeds.filter((record) => record.status === "completed");
  const failed = seeds.filter((record) => record.status !== "completed");
  if (transductive)
    flags.push({
      code: "transductive",
      text: "Predictions for a query depend on the other queries: ranked in a separate table.",
    });
  for (const record of failed)
    flags.push({
      code: "failed-seed",
      text: `Seed ${String(record.spec.seed)} ${record.status} (${record.error.code}): ${record.error.message}`,
    });
  if (completed.length === 1 && failed.length === 0)
    flags.push({ code: "one-seed", text: "One seed: interval, rank and ties cover episode noise only." });
  if (seeds.length < protocol.seeds)
    flags.push({
      code: "few-seeds",
      text: `${plural(seeds.length, "seed")}; the tier asks for ${String(protocol.seeds)}.`,
    });
  if (seeds.some((record) => record.provenance.dirty === true))
    flags.push({ code: "uncommitted-changes", text: "Run from a checkout with uncommitted changes." });
  if (new Set(completed.map(deviceOf)).size > 1)
    flags.push({
      code: "mixed-devices",
      text: "Its seeds ran on different devices: their times are not comparable.",
    });
  return flags;
}
