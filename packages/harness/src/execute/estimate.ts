import { isDeepStrictEqual } from "node:util";
import {
  axesOf,
  episodesOf,
  inputs,
  regimes,
  type Protocol,
  type TrialRecord,
  type TrialSpec,
} from "@metabench/core";

const median = (values: readonly number[]): number | null =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;

/**
 * Milliseconds on one core for one training image (for functions, one point) and one test episode of the heavier methods: of the
 * size measured on a server processor, so that a first plan can say whether minutes or hours lie ahead.
 */
function roughCost(protocol: Protocol): { readonly imageMs: number; readonly episodeMs: number } {
  const { input, regime } = axesOf(protocol.kind);
  if (!inputs[input].pixels) return { imageMs: 0.02, episodeMs: 50 };
  if (!regimes[regime].adapts) return { imageMs: 0.2, episodeMs: 0 };
  return protocol.backbone.options["width"] === 32
    ? { imageMs: 1, episodeMs: 150 }
    : { imageMs: 2.5, episodeMs: 400 };
}

/** How many times as long a backbone takes as the usual one of its protocols. */
const slower: ReadonlyMap<string, number> = new Map([["resnet-12", 60]]);

function roughSeconds({ protocol, backbone }: Pick<TrialSpec, "protocol" | "backbone">): number {
  const { imageMs, episodeMs } = roughCost(protocol);
  const episodes = episodesOf(protocol)?.test ?? 0;
  const usual = (protocol.budget.images * imageMs + episodes * episodeMs) / 1000;
  return usual * (slower.get(backbone.id) ?? 1);
}

const itemsOf = (protocol: Protocol) => episodesOf(protocol)?.test ?? 1;

/**
 * Seconds a trial will take: by what completed trials of the same algorithm and backbone took on the same protocol, scaled to budget and test,
 * or by rough costs where there are none. Looking at the validation split and timing are not in it.
 */
export function estimateSeconds(
  { protocol, algorithm, backbone }: TrialSpec,
  records: readonly TrialRecord[],
): number {
  const alike = records.filter(
    ({ status, spec }) =>
      status === "completed" &&
      spec.protocol.id === protocol.id &&
      spec.protocol.tier === protocol.tier &&
      spec.algorithm.id === algorithm.id &&
      spec.backbone.id === backbone.id &&
      isDeepStrictEqual(spec.backbone.options, backbone.options),
  );
  const known = median(
    alike.map(({ cost, spec }) => {
      const training = (cost.trainingSeconds * protocol.budget.images) / spec.protocol.budget.images;
      return training + (cost.testSeconds * itemsOf(protocol)) / itemsOf(spec.protocol);
    }),
  );
  return known ?? roughSeconds({ protocol, backbone });
}
