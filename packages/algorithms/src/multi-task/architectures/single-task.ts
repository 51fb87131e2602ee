import type { Weights } from "@metabench/core";
import type { Architecture } from "../architecture.ts";
import { head, type HeadWeights } from "../head.ts";
import { ownRows } from "../own-rows.ts";
import { embed } from "../trunk.ts";

type Own = { readonly trunk: Weights; readonly head: HeadWeights };

/** One network per task, nothing shared: the reference for negative transfer. */
export const singleTask: Architecture = {
  id: "single-task",
  version: "1.2.0",
  title: "Single task",
  summary: "A network of its own for every task: the reference that shows what sharing gains or costs.",
  reference: null,
  create: ({ backbone, tasks }) => ({
    initialise: (random) => ({
      shared: {},
      own: Object.fromEntries(
        tasks.map(({ id, outputs }) => [
          id,
          {
            trunk: backbone.initialise(random.fork(`${id}/trunk`)),
            head: head.initialise(random.fork(`${id}/head`), backbone.features, outputs),
          },
        ]),
      ),
    }),
    forward:
      ({ own }, inputs, rows) =>
      (task) => {
        const network = own[task] as Own;
        return head.apply(network.head, embed(backbone, network.trunk, ownRows(inputs, rows, task)));
      },
  }),
};
