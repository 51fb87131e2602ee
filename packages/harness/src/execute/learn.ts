import type { TrialSpec } from "@metabench/core";
import { firstEpisodes, openTest, type Scorer } from "../scoring/index.ts";
import type { ChildMessage, StartMessage } from "../wire/index.ts";
import { runChild, TrialFailure, type TrialProcess } from "../processes/index.ts";
import type { Outcome } from "./outcome.ts";
import { pluginsOf, prepare } from "./prepared-trial.ts";
import type { RunEnvironment, RunOptions } from "./types.ts";

/** Progress of one trial. */
export type OnPhase = (phase: "training" | "testing" | "timing", fraction: number, note: string) => void;

type Trained = Extract<ChildMessage, { type: "trained" }>;
type Tested = Extract<ChildMessage, { type: "tested" }>;
type Started = Extract<ChildMessage, { type: "started" }>;

/** The first message to a trial's process, and the plugins and prepared data that it names. */
export async function startMessage(
  spec: TrialSpec,
  workFolder: string,
  purpose: StartMessage["purpose"],
  reference: StartMessage["reference"],
  options: RunEnvironment & Pick<RunOptions, "backend" | "threads">,
) {
  const plugins = pluginsOf(spec, options);
  const { folder, contentHash } = await prepare(plugins.dataset, spec.dataset.options, options);
  const start: StartMessage = {
    type: "start",
    purpose,
    spec,
    modules: {
      algorithm: plugins.algorithm.origin.module,
      dataset: plugins.dataset.origin.module,
      backbone: plugins.backbone.origin.module,
    },
    prepared: folder,
    workFolder,
    backend: options.backend,
    threads: options.threads,
    reference,
  };
  return { start, plugins, folder, contentHash };
}

/** The first message to a trial's process, and the test that it will be put to. */
export async function startOf(...trial: Parameters<typeof startMessage>) {
  const { start, plugins, folder } = await startMessage(...trial);
  return { start, test: await openTest(start.spec, folder, plugins.dataset.plugin) };
}

/** A process that ended well, and too soon. */
export function unfinished(): TrialFailure {
  return new TrialFailure(
    "failed",
    "trial-failed",
    "The trial's process ended before its work was done. Remove process.exit() from the plugin, then repeat the command (metabench run: with --retry-failed).",
    "",
  );
}

/**
 * Has a child process train a trial (or continue from its checkpoint) and answer the test, and scores the answers here.
 *
 * @throws TrialFailure, MetabenchError `cancelled`
 */
export async function learn(
  spec: TrialSpec,
  workFolder: string,
  reference: StartMessage["reference"],
  options: RunOptions,
  onPhase: OnPhase,
): Promise<Outcome> {
  const startedAt = new Date().toISOString();
  const { start, test } = await startOf(spec, workFolder, "learn", reference, options);
  const received: { started?: Started; trained?: Trained; tested?: Tested } = {};
  const validation = () => received.trained?.curve[received.trained.selected ?? -1]?.validation ?? {};
  const scorer: Scorer = test.scorer(validation);
  const episodes = "episodes" in test.message ? test.message.episodes.length : 1;

  const listen = async (message: ChildMessage, child: TrialProcess): Promise<void> => {
    switch (message.type) {
      case "started":
        received.started = message;
        break;
      case "progress":
        onPhase(message.phase, message.fraction, message.note);
        break;
      case "trained":
        received.trained = message;
        onPhase("testing", 0, "");
        await child.send(test.message);
        break;
      case "answers":
        scorer.add(message);
        onPhase("testing", Math.min(1, message.from / episodes), "");
        break;
      case "tested":
        received.tested = message;
        onPhase("testing", 1, "");
        break;
      // The first three answer other purposes, and a failure never comes here.
      case "timed":
      case "profiled":
      case "explained":
      case "failed":
        break;
    }
  };
  await runChild(options, start, listen).catch((error: unknown) => {
    if (error instanceof TrialFailure) error.backend = received.started?.backend ?? null;
    throw error;
  });
  const { started, trained, tested } = received;
  if (!started || !trained || !tested) throw unfinished();
  const { result, metrics } = scorer.finish(tested);
  const { training, curve, curveSeconds, trainingSeconds, selected, updates, images, resumed, scalars } =
    trained;
  return {
    startedAt,
    backend: started.backend,
    training,
    curve,
    curveSeconds,
    trainingSeconds,
    selected,
    updates,
    images,
    resumed,
    scalars,
    ...(trained.budgetUsed !== undefined && { budgetUsed: trained.budgetUsed }),
    testSeconds: tested.seconds,
    peakMemoryBytes: tested.peakMemoryBytes,
    result,
    metrics: [...metrics],
  };
}

/** Tasks on which adaptation and prediction are timed. */
const timedEpisodes = 8;

/** Has a child process time the stored parameters of a trial; nothing else should run meanwhile. */
export async function time(spec: TrialSpec, workFolder: string, options: RunOptions, onPhase: OnPhase) {
  const { start, test } = await startOf(spec, workFolder, "time", null, options);
  let timed: Extract<ChildMessage, { type: "timed" }> | undefined;
  await runChild(options, start, async (message, child) => {
    if (message.type === "started") await child.send(firstEpisodes(test.message, timedEpisodes));
    if (message.type === "progress") onPhase("timing", message.fraction, message.note);
    if (message.type === "timed") timed = message;
  });
  if (!timed) throw unfinished();
  return { adaptation: timed.adaptation, prediction: timed.prediction };
}
