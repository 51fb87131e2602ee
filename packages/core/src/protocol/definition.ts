import { MetabenchError } from "../errors.ts";
import { protocolSchema, tiers, type Protocol, type Tier } from "./protocol.ts";
import { describeIssues } from "../plugin/definition.ts";

/** A protocol before a tier is chosen: what all tiers share, and what each adds. */
export interface ProtocolDefinition {
  readonly id: string;
  readonly tiers: readonly Tier[];
  /** @throws MetabenchError `invalid-protocol` when the protocol has no such tier */
  at(tier: Tier): Protocol;
}

/**
 * Declares a protocol by what its tiers share and how they differ.
 *
 * @throws MetabenchError `invalid-protocol` from `at`, for an unknown tier or fields that do not fit together
 */
export function defineProtocol<P extends Protocol, K extends keyof P>(
  shared: Pick<P, K> & { readonly id: string },
  perTier: Partial<Record<Tier, Omit<P, K | "tier" | "division">>>,
): ProtocolDefinition {
  return {
    id: shared.id,
    tiers: tiers.filter((tier) => perTier[tier] !== undefined),
    at(tier) {
      const own = perTier[tier];
      if (own === undefined)
        throw new MetabenchError(
          "invalid-protocol",
          `${shared.id} has no tier "${tier}"; choose one of ${Object.keys(perTier).join(", ")}.`,
        );
      return checkProtocol({ ...shared, ...own, tier, division: "closed" });
    },
  };
}

/**
 * Checks a protocol that comes from outside.
 *
 * @throws MetabenchError `invalid-protocol`
 */
export function checkProtocol(protocol: unknown): Protocol {
  const parsed = protocolSchema.safeParse(protocol);
  if (parsed.success) return parsed.data;
  throw new MetabenchError(
    "invalid-protocol",
    `This protocol does not fit its schema: ${describeIssues(parsed.error)}.`,
  );
}
