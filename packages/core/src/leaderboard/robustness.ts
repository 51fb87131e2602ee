import { MetabenchError } from "../errors.ts";
import { itemsUnder } from "../record/readers/index.ts";
import type { Retested } from "../record/robustness.ts";
import type { CompletedRecord } from "../record/trial-record.ts";
import { robustnessVariants, type RobustnessVariant } from "../robustness/variant.ts";
import { differenceOf, estimateOf } from "./estimation.ts";
import type { Headline } from "./leaderboard.ts";
import { headlineItems, type Items } from "./measurements.ts";
import type { RowVariant } from "./row.ts";

const torn = ({ identity }: CompletedRecord) =>
  new MetabenchError(
    "invalid-record",
    `Record ${identity}: its robustness is not of the test that its result is of. Test it again (metabench retest --force), or delete the record and run its trial again.`,
  );

/** The headline's value on each test item under a variant; null where the learner broke. */
function underVariant(record: CompletedRecord, retested: Retested): Items | null {
  if (retested.kind === "failed") return null;
  const items = itemsUnder(record.result, retested);
  if (items === null) throw torn(record);
  return items;
}

function under(
  variant: RobustnessVariant,
  records: readonly CompletedRecord[],
  headline: Headline,
): readonly RowVariant[] {
  const tested = records.flatMap((record) => {
    const retested = record.robustness?.variants.find((one) => one.variant === variant.id);
    return retested ? [{ record, retested, items: underVariant(record, retested) }] : [];
  });
  if (tested.length === 0) return [];
  const plain = new Map<number, Items>();
  const changed = new Map<number, Items>();
  for (const { record, retested, items } of tested) {
    const { seed } = record.spec;
    if (retested.kind === "failed" || items === null) {
      const why = retested.kind === "failed" ? retested.error.message : "";
      return [{ ...variant, score: null, drop: null, reason: `Seed ${String(seed)}: ${why}` }];
    }
    plain.set(seed, headlineItems(record));
    changed.set(seed, items);
    if (plain.get(seed)?.length !== items.length) throw torn(record);
  }
  return [
    {
      ...variant,
      score: estimateOf([...changed.values()], headline),
      drop: differenceOf(plain, changed),
      reason: null,
    },
  ];
}

/**
 * How a row stands under each variant of the test that some of its seeds was tested again under. A seed that broke fails the variant, as
 * a failed seed fails a cell.
 *
 * @throws MetabenchError `invalid-record` where the outcomes are not of the test that a record's result is of
 */
export const robustnessOf = (records: readonly CompletedRecord[], headline: Headline): RowVariant[] =>
  robustnessVariants.flatMap((variant) => under(variant, records, headline));
