import { access } from "node:fs/promises";
import { join } from "node:path";
import {
  axesOf,
  MetabenchError,
  referenceAlgorithm,
  regimes,
  trialIdentity,
  type DataAxes,
  type Protocol,
  type TrialSpec,
} from "@metabench/core";
import { checkpointFile } from "../work-folder/index.ts";
import { openTest } from "../scoring/index.ts";
import { environment as describeEnvironment } from "../environment/index.ts";
import { changedSince, codeOfTrial } from "./code.ts";
import { estimate } from "./estimate.ts";
import { pluginsOf, prepare } from "./prepared-trial.ts";
import { isDone } from "./is-done.ts";
import { isBuiltIn, whyNoEmbedding, whyUnfit } from "../plugins/index.ts";
import { groundLabelOf, labelOf } from "./label.ts";
import { specsOn } from "./spec.ts";
import { declaredId, substitutedIn } from "./substitution.ts";
import type { Again, AlgorithmChoice, Plan, PlannedTrial, RunEnvironment, RunRequest } from "./types.ts";

interface Choice extends AlgorithmChoice {
  readonly addedAsReference: boolean;
}

/** The asked algorithms, behind the reference that they are measured against, which is added where nobody asked for it. */
function withReference(
  protocol: Protocol,
  axes: DataAxes,
  algorithms: readonly AlgorithmChoice[],
): readonly Choice[] {
  const reference = referenceAlgorithm(protocol.kind, axes);
  const asked = algorithms.map((choice) => ({ ...choice, addedAsReference: false }));
  if (reference === null) return asked;
  const first = asked.filter(({ id }) => id === reference);
  const rest = asked.filter(({ id }) => id !== reference);
  return [...(first.length > 0 ? first : [{ id: reference, options: {}, addedAsReference: true }]), ...rest];
}

/**
 * Checks that backbone and algorithms take the inputs of the data and predict their targets.
 *
 * @throws MetabenchError `invalid-protocol`, naming plugin, data set and what does not fit
 */
function checkFit(
  protocol: Protocol,
  data: DataAxes,
  choices: readonly Choice[],
  { find }: RunEnvironment["registry"],
): void {
  const axes = axesOf(protocol.kind, data);
  const reasons = [
    whyNoEmbedding(find.backbone(protocol.backbone.id).plugin, axes),
    ...choices.map(({ id }) => whyUnfit(find.algorithm(protocol.kind, id).plugin, axes)),
  ];
  const reason = reasons.find((one) => one !== null);
  if (reason === undefined) return;
  throw new MetabenchError(
    "invalid-protocol",
    `${reason} in data set ${protocol.dataset.id}. Choose another (metabench list algorithms, metabench list backbones).`,
  );
}

/** The specs of algorithms on a protocol, seed by seed, everything resolved and prepared. */
async function specs(
  protocol: Protocol,
  algorithms: readonly AlgorithmChoice[],
  seeds: readonly number[],
  environment: RunEnvironment,
) {
  const { registry } = environment;
  const dataset = registry.find.dataset(protocol.dataset.id);
  const { contentHash, folder, axes } = await prepare(dataset, protocol.dataset.options, environment);
  const choices = withReference(protocol, axes, algorithms);
  checkFit(protocol, axes, choices, registry);
  // A built-in protocol's own data fit it; all others are looked at before anything is trained.
  const { origin } = registry.find.protocol(declaredId(protocol));
  if (protocol.basedOn !== undefined || !isBuiltIn(origin))
    await openTest({ protocol, dataset: { options: protocol.dataset.options } }, folder, dataset.plugin);
  const specOf = specsOn(protocol, contentHash, registry);
  return seeds.flatMap((seed) => {
    const [first, ...rest] = choices;
    if (!first) return [];
    const reference = specOf(first, seed, null);
    // Elsewhere the reference is compared with afterwards.
    const { selectsAgainstReference } = regimes[axesOf(protocol.kind).regime];
    const against = selectsAgainstReference ? trialIdentity(reference) : null;
    return [
      { choice: first, spec: reference, axes },
      ...rest.map((choice) => ({
        choice,
        axes,
        spec: specOf(choice, seed, choice.id === first.id ? null : against),
      })),
    ];
  });
}

async function stateOf(
  trial: Pick<PlannedTrial, "identity" | "addedAsReference">,
  { store }: RunEnvironment,
  again: Again,
): Promise<PlannedTrial["state"]> {
  if (await isDone(trial, store, again)) return "done";
  const resumable = await access(join(store.workFolder(trial.identity), checkpointFile)).then(
    () => true,
    () => false,
  );
  return resumable ? "resumable" : "new";
}

/**
 * Works out which trials a request means: options parsed, data sets prepared, references added, identities computed.
 *
 * @throws MetabenchError `plugin-not-found`, `invalid-options`, `data-missing` and what preparing data throws; `invalid-protocol` where
 * data that took the place of a protocol's own do not fit it; `invalid-record` where the store holds a malformed one
 */
export async function planRun(request: RunRequest, environment: RunEnvironment): Promise<Plan> {
  const trials = new Map<string, PlannedTrial>();
  // Needed for estimates; also reports an unreadable record before training, not after.
  const records = await environment.store.list();
  const otherCode = async (identity: string, spec: TrialSpec) => {
    const record = records.find((one) => one.identity === identity);
    return record ? changedSince(record, await codeOfTrial(pluginsOf(spec, environment))) : [];
  };
  const { processor, platform } = await describeEnvironment();
  const machine = {
    cpu: processor.model,
    cores: processor.cores,
    architecture: platform.architecture,
  };
  for (const { protocol, algorithms } of request.entries) {
    environment.signal.throwIfAborted();
    const { find } = environment.registry;
    const backbone = find.backbone(protocol.backbone.id);
    const substituted = substitutedIn(protocol, find.protocol(declaredId(protocol)).plugin);
    const seeds = request.seeds ?? Array.from({ length: protocol.seeds }, (_, seed) => seed);
    for (const { choice, spec, axes } of await specs(protocol, algorithms, seeds, environment)) {
      const trial = { identity: trialIdentity(spec), addedAsReference: choice.addedAsReference };
      const { plugin } = find.algorithm(protocol.kind, choice.id);
      const state = await stateOf(trial, environment, request.again);
      const { seconds, basis } = estimate(spec, { algorithm: plugin, data: axes, records, machine });
      trials.set(trial.identity, {
        ...trial,
        spec,
        axes,
        label: `${labelOf(plugin, choice, substituted, backbone.plugin)} on ${groundLabelOf(protocol, substituted)}, seed ${String(spec.seed)}`,
        state,
        estimateSeconds: seconds,
        estimateBasis: basis,
        otherCode: state === "done" ? await otherCode(trial.identity, spec) : [],
      });
    }
  }
  return { trials: [...trials.values()] };
}
