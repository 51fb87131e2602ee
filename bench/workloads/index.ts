import { forward } from "./forward.ts";
import { indexEpisodes, metaTest } from "./episodes.ts";
import { training } from "./training.ts";
import type { Work } from "./work.ts";

/** Everything that is measured against the peers, by name. */
export const workloads: Readonly<Record<string, () => Work>> = {
  ...training,
  "conv4/forward-600": () => forward(600),
  "episodes/meta-test": () => metaTest(1000),
  "episodes/index": () => indexEpisodes(1000),
};
