import { checkProtocol, episodesOf, MetabenchError, withTestEpisodes, type Protocol } from "@metabench/core";

/** Changes to a protocol's budgets. */
export interface Budgets {
  /** Training images. */
  readonly images: number | undefined;
  /** Frozen test episodes. */
  readonly episodes: number | undefined;
}

/**
 * A protocol with other budgets. It is then in the open division, where numbers are not held against the closed one's.
 *
 * @throws MetabenchError `invalid-usage` when episodes are changed where there are none
 */
export function withBudgets(protocol: Protocol, { images, episodes }: Budgets): Protocol {
  if (episodes !== undefined && episodesOf(protocol) === null)
    throw new MetabenchError(
      "invalid-usage",
      `${protocol.id} is tested on its whole test split, not on episodes. Leave --episodes out.`,
    );
  const budget =
    images === undefined
      ? protocol.budget
      : { images, validateEvery: Math.min(protocol.budget.validateEvery, images) };
  const budgeted = { ...protocol, budget };
  const changed = episodes === undefined ? budgeted : withTestEpisodes(budgeted, episodes);
  return JSON.stringify(changed) === JSON.stringify(protocol)
    ? protocol
    : checkProtocol({ ...changed, division: "open" });
}
