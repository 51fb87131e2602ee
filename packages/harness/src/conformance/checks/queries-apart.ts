import type { Check } from "../check.ts";
import { rowsOf, saysOtherwise } from "../difference.ts";
import type { Specimen } from "../specimen.ts";
import { update } from "../update.ts";

function changed(specimen: Specimen, queries: readonly number[]): string | undefined {
  const together = specimen.ask();
  const apart = specimen.ask({ queries });
  return together.find((answer, at) => saysOtherwise(rowsOf(answer, queries), apart[at], answer))?.of;
}

function encodedOtherwise(specimen: Specimen, queries: readonly number[]): boolean {
  const together = specimen.encode();
  const apart = specimen.encode(queries);
  return together !== null && apart !== null && saysOtherwise(rowsOf(together, queries), apart, together);
}

/** Predictions need neither the labels of queries nor the other queries. */
export const queriesApart: Check = {
  name: "queries-apart",
  sentence:
    'A query is predicted alike in any company and any order, and without its label, unless dependsOn names "other-queries".',
  applies: "all",
  look({ make }) {
    const specimen = make();
    if (specimen.learner.dependsOn?.includes("other-queries")) return null;
    update(specimen, 1);
    const some = Array.from({ length: specimen.queries }, (_, at) => at).filter((at) => at % 3 !== 1);
    const companies = [some.reverse(), [1]];
    const of = companies.map((queries) => changed(specimen, queries)).find((one) => one !== undefined);
    if (of === undefined)
      return companies.some((queries) => encodedOtherwise(specimen, queries))
        ? "Embeddings of an image change with the images beside it; encode() normalises with the statistics of training or running averages, not with those of its batch."
        : null;
    return `Predictions (${of}) of a query change with the queries beside it; normalise queries with the statistics of the support set or with running averages, not with their own batch. A method that learns from its queries on purpose declares dependsOn: ["other-queries"] in the learner; in few-shot classification it is ranked in a separate table.`;
  },
};
