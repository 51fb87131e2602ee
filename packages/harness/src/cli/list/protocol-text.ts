import { episodesOf, type Protocol } from "@metabench/core";
import type { Colors } from "picocolors/types.js";
import type { PluginOrigin } from "../../plugins/index.ts";
import { originLines } from "./plugin-entry.ts";

/** A protocol at each of its tiers, and where it comes from. */
export interface ListedProtocol {
  readonly id: string;
  readonly at: readonly Protocol[];
  readonly origin: PluginOrigin;
}

/** A protocol for people: what it asks, and what each tier may spend. */
export function describeProtocol({ id, at: tiers, origin }: ListedProtocol, colours: Colors): string {
  const [first] = tiers;
  const lines = tiers.map((protocol) => {
    const tested = episodesOf(protocol);
    const episodes = tested ? `${tested.test.toLocaleString("en-GB")} test episodes` : "whole test split";
    const examples = protocol.budget.images.toLocaleString("en-GB");
    const seeds = `${String(protocol.seeds)} seed${protocol.seeds === 1 ? "" : "s"}`;
    return `  ${protocol.tier.padEnd(9)}${examples} training examples, ${episodes}, ${seeds}, backbone ${protocol.backbone.id}`;
  });
  return [
    colours.bold(id),
    ...(first ? [`  ${first.title}. ${first.summary}`] : []),
    ...lines,
    ...originLines(origin),
    "",
  ].join("\n");
}
