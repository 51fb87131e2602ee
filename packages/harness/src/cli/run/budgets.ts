import { checkProtocol, MetabenchError, type Protocol } from "@metabench/core";

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
  if (episodes !== undefined && protocol.kind === "multi-task")
    throw new MetabenchError(
      "invalid-usage",
      `${protocol.id} is tested on its whole test split, not on episodes. Leave --episodes out.`,
    );
  const budget =
    images === undefined
      ? protocol.budget
      : { images, validateEvery: Math.min(protocol.budget.validateEvery, images) };
  const changed = {
    ...protocol,
    budget,
    ...(protocol.kind === "multi-task" || episodes === undefined ? {} : { testEpisodes: episodes }),
  };
  return JSON.stringify(changed) === JSON.stringify(protocol)
    ? protocol
    : checkProtocol({ ...changed, division: "open" });
}
