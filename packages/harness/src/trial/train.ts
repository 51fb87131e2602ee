import { setImmediate } from "node:timers/promises";
import { MetabenchError, type Json, type Protocol, type TrainingPoint } from "@metabench/core";
import {
  checkpointFile,
  parametersFile,
  readCheckpoint,
  writeCheckpoint,
  type Snapshot,
} from "../work-folder/index.ts";
import {
  checkVariables,
  inScope,
  lossesOf,
  restoreSnapshot,
  takeSnapshot,
  type Learning,
  type StreamStates,
  type TrackedRandom,
} from "../learner/index.ts";

const checkpointEverySeconds = 60;

/** Training so far; fit for JSON. */
interface Progress {
  updates: number;
  images: number;
  /** Sums of named losses since the last point of the curve, and of how many updates. */
  losses: Record<string, number>;
  lossUpdates: number;
  curve: TrainingPoint[];
  curveSeconds: number[];
  seconds: number;
  selected: number | null;
  resumed: number;
}

/** What a checkpoint says beside the variables. */
interface CheckpointDescription {
  readonly backend: string;
  readonly progress: Progress;
  readonly batches: Json;
  readonly streams: StreamStates;
}

/** Results of training beside the selected parameters in the learner. */
export type Trained = Pick<
  Progress,
  "curve" | "curveSeconds" | "updates" | "images" | "selected" | "resumed"
> & {
  readonly trainingSeconds: number;
  /** Fraction of planned updates that ran; present only with early stopping. */
  readonly budgetUsed?: number;
};

/** How long to train. */
export interface TrainingLength {
  readonly budget: Protocol["budget"];
  /** Looks in a row without gain after which training ends; it uses up its budget where absent. */
  readonly earlyStopping?: number;
}

/** What the loop needs of the outside. */
export interface TrainingSurroundings {
  readonly workFolder: string;
  /** Backend description. A checkpoint from another backend is discarded, since a record names exactly one. */
  readonly backend: string;
  /** The plugin's own streams. */
  readonly random: TrackedRandom;
  report(fraction: number, note: string): Promise<void>;
}

function addLosses(progress: Progress, losses: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(losses)) {
    if (!Number.isFinite(value))
      throw new MetabenchError(
        "not-finite",
        `Loss "${name}" became ${String(value)} at update ${String(progress.updates + 1)}: training diverged. Lower the learning rate or clip the gradients.`,
      );
    progress.losses[name] = (progress.losses[name] ?? 0) + value;
  }
  progress.lossUpdates += 1;
}

/**
 * Trains within the budget, validates at equal distances, and leaves the learner with the parameters of the best validation.
 * With early stopping it ends after enough validations without gain. After an interruption it continues from its last checkpoint, with
 * the same numbers as without one.
 *
 * @throws MetabenchError `not-finite` when a loss diverges; `contract-broken` where an update returns no losses, named scalars
 */
export async function train(
  learning: Learning,
  { budget, earlyStopping }: TrainingLength,
  { workFolder, backend, random, report }: TrainingSurroundings,
): Promise<Trained> {
  let best: Snapshot = {};
  const progress: Progress = {
    updates: 0,
    images: 0,
    losses: {},
    lossUpdates: 0,
    curve: [],
    curveSeconds: [],
    seconds: 0,
    selected: null,
    resumed: 0,
  };
  const perUpdate = learning.imagesPerUpdate;
  const total = perUpdate === null ? 0 : Math.max(1, Math.floor(budget.images / perUpdate));
  const finished = (): Trained => {
    const { curve, curveSeconds, updates, images, selected, resumed, seconds } = progress;
    const used = earlyStopping !== undefined && total > 0 && { budgetUsed: updates / total };
    return { curve, curveSeconds, updates, images, selected, resumed, trainingSeconds: seconds, ...used };
  };
  if (perUpdate === null) {
    await writeCheckpoint(workFolder, parametersFile, {
      description: null,
      snapshots: { selected: takeSnapshot(learning.learner) },
    });
    return finished();
  }

  const stored = await readCheckpoint(workFolder, checkpointFile);
  const description = stored?.description as unknown as CheckpointDescription | undefined;
  if (description && description.backend !== backend)
    await report(0, `started again: its checkpoint is from another backend (${description.backend})`);
  if (stored && description?.backend === backend) {
    Object.assign(progress, description.progress, { resumed: description.progress.resumed + 1 });
    learning.restore(description.batches);
    random.restore(description.streams);
    restoreSnapshot(learning.learner, stored.snapshots["current"] ?? {});
    best = stored.snapshots["best"] ?? {};
  }

  let since = performance.now();
  const clock = () => {
    const now = performance.now();
    progress.seconds += (now - since) / 1000;
    since = now;
  };
  const save = async () => {
    clock();
    checkVariables(learning.learner); // A plugin may make some as late as in its first update.
    const saved: CheckpointDescription = {
      backend,
      progress,
      batches: learning.state(),
      streams: random.states(),
    };
    await writeCheckpoint(workFolder, checkpointFile, {
      description: saved as unknown as Json,
      snapshots: { current: takeSnapshot(learning.learner), best },
    });
    since = performance.now(); // Writing checkpoints does not count as training time.
  };
  const validate = () => {
    clock();
    const { metrics, score } = learning.validate();
    since = performance.now(); // Validation does not count as training time.
    const { images, updates, losses, lossUpdates } = progress;
    const mean = Object.fromEntries(Object.entries(losses).map(([name, sum]) => [name, sum / lossUpdates]));
    const leader = progress.selected === null ? undefined : progress.curve[progress.selected];
    if (!leader || score > leader.score) {
      progress.selected = progress.curve.length;
      best = takeSnapshot(learning.learner);
    }
    progress.curve.push({ images, updates, losses: mean, validation: { ...metrics }, score });
    progress.curveSeconds.push(progress.seconds);
    Object.assign(progress, { losses: {}, lossUpdates: 0 });
  };

  const points = Math.max(1, Math.round(budget.images / budget.validateEvery));
  // The last validation follows the last update.
  const nextValidationAt = () => Math.ceil((progress.curve.length * total) / points);
  const validationsWithoutGain = () => progress.curve.length - 1 - (progress.selected ?? 0);
  const ended = () =>
    progress.updates >= total || (earlyStopping !== undefined && validationsWithoutGain() >= earlyStopping);
  if (progress.curve.length === 0) validate();
  let lastSave = performance.now();
  let lastReport = 0;
  while (!ended()) {
    inScope(() => {
      addLosses(progress, lossesOf(learning.update()));
    });
    progress.updates += 1;
    progress.images += perUpdate;
    if (progress.updates >= nextValidationAt()) {
      validate();
      await save();
      lastSave = performance.now();
    } else if (performance.now() - lastSave > checkpointEverySeconds * 1000) {
      await save();
      lastSave = performance.now();
    }
    if (performance.now() - lastReport > 1000) {
      const [name, value] = Object.entries(progress.curve.at(-1)?.validation ?? {})[0] ?? ["", NaN];
      await report(progress.updates / total, `validation ${name} ${value.toFixed(3)}`);
      await setImmediate();
      lastReport = performance.now();
    }
  }
  clock();
  restoreSnapshot(learning.learner, best);
  await writeCheckpoint(workFolder, parametersFile, { description: null, snapshots: { selected: best } });
  return finished();
}
