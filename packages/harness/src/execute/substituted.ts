import { isDeepStrictEqual } from "node:util";
import { findProtocol, type Protocol } from "@metabench/core";

type Choice = Protocol["dataset"];

/** What was put in the place of a protocol's own, with the options given; null where it is the protocol's own. */
export function substitutedIn({ basedOn, tier, dataset, backbone }: Protocol): {
  readonly dataset: Choice | null;
  readonly backbone: Choice | null;
} {
  if (basedOn === undefined) return { dataset: null, backbone: null };
  const own = findProtocol(basedOn).at(tier);
  return {
    dataset: isDeepStrictEqual(own.dataset, dataset) ? null : dataset,
    backbone: isDeepStrictEqual(own.backbone, backbone) ? null : backbone,
  };
}
