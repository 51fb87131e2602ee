import type { CompletedRecord } from "@metabench/core";

/** How a trial is named, to people and to machines. */
export interface TrialName {
  readonly identity: string;
  readonly label: string;
  /** Ids of its protocol and algorithm. */
  readonly protocol: string;
  readonly algorithm: string;
  readonly seed: number;
}

/** Names a trial. */
export function nameTrial({ identity, display, spec }: CompletedRecord): TrialName {
  const { protocol, algorithm, seed } = spec;
  return {
    identity,
    label: `${display.algorithm.label} on ${protocol.id} (${protocol.tier}), seed ${String(seed)}`,
    protocol: protocol.id,
    algorithm: algorithm.id,
    seed,
  };
}
