import type { CompletedRecord } from "@metabench/core";

/** Names a trial, to people and to machines. */
export function nameTrial({ identity, display, spec: { protocol, algorithm, seed } }: CompletedRecord) {
  return {
    identity,
    label: `${display.algorithm.label} on ${protocol.id} (${protocol.tier}), seed ${String(seed)}`,
    protocol: protocol.id,
    algorithm: algorithm.id,
    seed,
  };
}
