import {
  add,
  div,
  mul,
  sub,
  tensor1d,
  tidy,
  type Scalar,
  type Tensor,
  type Tensor2D,
} from "@tensorflow/tfjs-core";
import { MetabenchError, type MultiTaskBatch, type TaskSpec } from "@metabench/core";
import { lossOf, mixedLoss } from "../nn/index.ts";
import type { Network, NetworkWeights } from "./architecture.ts";

function targetOf(task: string, targets: MultiTaskBatch["targets"]): Tensor {
  const target = targets[task];
  if (target) return target;
  throw new MetabenchError(
    "contract-broken",
    `A batch has no targets of task "${task}"; give targets of every task.`,
  );
}

/** Numbers on the scale that a network learns on, with mean 0 and deviation 1; classes stay as they are. */
function scaled(task: TaskSpec, targets: Tensor): Tensor {
  if (task.target === "class") return targets;
  return div(sub(targets, tensor1d([...task.mean])), tensor1d([...task.deviation]));
}

/** What a network puts out, on the scale of the task's targets. */
function unscaled(task: TaskSpec, outputs: Tensor2D): Tensor2D {
  if (task.target === "class") return outputs;
  return tidy(() => add<Tensor2D>(mul(outputs, tensor1d([...task.deviation])), tensor1d([...task.mean])));
}

/** Each task's mean loss on a batch, in the order of the tasks. */
export const taskLosses =
  (network: Network, tasks: readonly TaskSpec[]) =>
  (weights: NetworkWeights, { inputs, targets, rows, mixed }: MultiTaskBatch): Scalar[] => {
    const outputsOf = network.forward(weights, inputs, rows);
    return tasks.map((task) => {
      const outputs = outputsOf(task.id);
      const other = mixed && {
        mixed: { labels: scaled(task, targetOf(task.id, mixed.targets)), share: mixed.share },
      };
      return mixedLoss({ labels: scaled(task, targetOf(task.id, targets)), ...other }, (labels) =>
        lossOf[task.target](outputs, labels),
      );
    });
  };

/** Predictions of one task by id: logits, or numbers on the scale of its targets. */
export function predictionsOf(
  network: Network,
  tasks: readonly TaskSpec[],
  weights: NetworkWeights,
  id: string,
  inputs: Tensor,
): Tensor2D {
  const task = tasks.find((one) => one.id === id);
  if (!task)
    throw new MetabenchError(
      "invalid-usage",
      `There is no task "${id}"; name one that the learner was made for.`,
    );
  return unscaled(task, network.forward(weights, inputs)(id));
}
