import { MetabenchError, type CompletedRecord, type TrialRecord } from "@metabench/core";
import type { ExplainFlags } from "../commands/explain.ts";

/**
 * The completed trials with images that flags ask for.
 *
 * @throws MetabenchError `invalid-usage` when there is none
 */
export function choose(
  records: readonly TrialRecord[],
  { algorithm, protocol, tier, seeds }: Pick<ExplainFlags, "algorithm" | "protocol" | "tier" | "seeds">,
  store: string,
): readonly CompletedRecord[] {
  const chosen = records.filter(
    (record): record is CompletedRecord =>
      record.status === "completed" &&
      record.spec.protocol.kind !== "few-shot-regression" &&
      (algorithm?.includes(record.spec.algorithm.id) ?? true) &&
      (protocol?.includes(record.spec.protocol.id) ?? true) &&
      (tier ?? record.spec.protocol.tier) === record.spec.protocol.tier &&
      seeds.includes(record.spec.seed),
  );
  if (chosen.length > 0) return chosen;
  throw new MetabenchError(
    "invalid-usage",
    `None of the ${String(records.length)} records in ${store} is of a completed trial on images that the flags ask for. ` +
      "Look at what is there with `metabench show`, and loosen --algorithm, --protocol, --tier or --seeds.",
  );
}
