import { inScope } from "@metabench/harness/learner";
import type { Conduct } from "@metabench/harness/trial";
import { fewShotTrial, multiTaskTrial, countParameters } from "./trial.ts";
import type { Work } from "./work.ts";

/** One update as the training loop makes it: a batch is drawn and read, and the losses are read back. */
function update({ learner, learning }: Conduct): Work {
  return {
    parameters: countParameters(learner),
    units: 1,
    run: () =>
      inScope(() =>
        Object.values(learning.update()).reduce((sum, loss) => sum + (loss.dataSync()[0] ?? NaN), 0),
      ),
  };
}

const maml = (innerSteps: number, order: 1 | 2) => () =>
  update(
    fewShotTrial("maml", 1, { innerSteps, order, metaBatch: 4, trainingQueries: 15, innerRate: 0.4 }).conduct,
  );

const lenet = (weighting: string) => () => update(multiTaskTrial({ weighting, batchSize: 256 }));

/** Training steps by name, through the plugins, with the options that the name says and defaults otherwise. */
export const training = {
  "protonet/5w1s15q": () =>
    update(fewShotTrial("prototypical-networks", 1, { trainingWays: 5, trainingQueries: 15 }).conduct),
  "protonet/60w5s5q": () =>
    update(fewShotTrial("prototypical-networks", 5, { trainingWays: 60, trainingQueries: 5 }).conduct),
  "maml/second-order-1": maml(1, 2),
  "maml/second-order-5": maml(5, 2),
  "maml/first-order-5": maml(5, 1),
  "lenet/equal": lenet("equal"),
  "lenet/pcgrad": lenet("pcgrad"),
} as const satisfies Record<string, () => Work>;
