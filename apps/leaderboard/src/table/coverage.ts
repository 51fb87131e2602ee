import type { Headline, Row } from "@metabench/core";

/** What of some rows' scores says what their intervals cover. */
type Scored = { readonly score: Pick<NonNullable<Row["score"]>, "basis"> | null };

/** What the 95 % intervals of rows cover, as the end of a sentence that begins with them; `of` says what is counted. */
export function coverageOf(rows: readonly Scored[], over: Headline["over"], of = "methods"): string {
  const items = over === "test episodes" ? "episodes" : "examples";
  const bases = rows.flatMap(({ score }) => score?.basis ?? []);
  const alone = bases.filter((basis) => basis === "episode noise only").length;
  if (bases.length > 0 && alone === bases.length)
    return "of episode noise only: another seed may differ by more";
  if (alone > 0)
    return `over seeds and ${items}, but of episode noise only for ${String(alone)} of ${String(bases.length)} ${of}`;
  return `over seeds and ${items}`;
}
