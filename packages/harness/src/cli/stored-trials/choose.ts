import {
  axesOf,
  didYouMean,
  inputs,
  MetabenchError,
  type CompletedRecord,
  type TrialRecord,
} from "@metabench/core";
import type { ChoiceFlags } from "./choice-flags.ts";

/**
 * The completed trials that flags ask for.
 *
 * @param onImages leave out those whose inputs are numbers
 * @throws MetabenchError `invalid-usage` when there is none, or when no record has a name that is asked for
 */
export function choose(
  records: readonly TrialRecord[],
  { algorithm, protocol, tier, seeds }: ChoiceFlags,
  store: string,
  onImages = false,
): readonly CompletedRecord[] {
  refuseUnknown("algorithm", algorithm, (record) => record.spec.algorithm.id, records, store);
  refuseUnknown("protocol", protocol, (record) => record.spec.protocol.id, records, store);
  const chosen = records.filter(
    (record): record is CompletedRecord =>
      record.status === "completed" &&
      (!onImages || inputs[axesOf(record.spec.protocol.kind, record.display.dataset).input].pixels) &&
      (algorithm?.includes(record.spec.algorithm.id) ?? true) &&
      (protocol?.includes(record.spec.protocol.id) ?? true) &&
      (tier ?? record.spec.protocol.tier) === record.spec.protocol.tier &&
      (seeds?.includes(record.spec.seed) ?? true),
  );
  if (chosen.length > 0) return chosen;
  throw new MetabenchError(
    "invalid-usage",
    `None of the ${String(records.length)} records in ${store} is a completed trial${onImages ? " on images" : ""} that matches the flags. ` +
      "See what is there with `metabench show`, and relax --algorithm, --protocol, --tier or --seeds.",
  );
}

/** A name that no record has is a slip, also where other names are right. */
function refuseUnknown(
  flag: "algorithm" | "protocol",
  wanted: readonly string[] | undefined,
  nameOf: (record: TrialRecord) => string,
  records: readonly TrialRecord[],
  store: string,
): void {
  const names = [...new Set(records.map(nameOf))];
  const unknown = wanted?.find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new MetabenchError(
    "invalid-usage",
    `None of the ${String(records.length)} records in ${store} is of ${flag} "${unknown}".${didYouMean(unknown, names)} ` +
      `See what is there with \`metabench show\`, and correct or leave out --${flag}.`,
  );
}
