import type { Architecture } from "../architecture.ts";
import { head, type HeadWeights } from "../head.ts";
import { ownRows } from "../own-rows.ts";
import { embed } from "../trunk.ts";

/**
 * Hard sharing: one trunk for all tasks, one head per task.
 *
 * Caruana 1997, section 1. https://doi.org/10.1023/A:1007379606734
 */
export const hardSharing: Architecture = {
  id: "hard-sharing",
  version: "1.2.0",
  title: "Hard sharing",
  summary: "One shared trunk, one head per task; the weighting combines the tasks' losses into one update.",
  reference: {
    title: "Multitask Learning",
    authors: ["Rich Caruana"],
    year: 1997,
    url: "https://doi.org/10.1023/A:1007379606734",
  },
  create: ({ backbone, tasks }) => ({
    initialise: (random) => ({
      shared: backbone.initialise(random.fork("trunk")),
      own: Object.fromEntries(
        tasks.map(({ id, outputs }) => [
          id,
          head.initialise(random.fork(`${id}/head`), backbone.features, outputs),
        ]),
      ),
    }),
    forward({ shared, own }, inputs, rows) {
      const embedding = embed(backbone, shared, inputs);
      return (task) => head.apply(own[task] as HeadWeights, ownRows(embedding, rows, task));
    },
  }),
};
