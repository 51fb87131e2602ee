import {
  axesOf,
  changesTrainingImages,
  checkProtocol,
  inputs,
  MetabenchError,
  type Protocol,
  type TrainingOptions,
} from "@metabench/core";
import type { RunRequest } from "../../execute/index.ts";
import type { PluginRegistry } from "../../plugins/index.ts";

type Entry = RunRequest["entries"][number];

/**
 * What of the training options a protocol takes: functions have no images, so standing wishes to change them fall away.
 *
 * @param standing those of the options that the configuration wishes for every run and this command did not name
 * @throws MetabenchError `invalid-usage` where the command itself asks for what there is not
 */
export function trainingOn(
  protocol: Protocol,
  training: TrainingOptions,
  standing: ReadonlySet<string>,
): TrainingOptions {
  if (inputs[axesOf(protocol.kind).input].pixels || !changesTrainingImages(training)) return training;
  const without = (dropped: (name: string) => boolean): TrainingOptions =>
    Object.fromEntries(Object.entries(training).filter(([name]) => !dropped(name)));
  if (changesTrainingImages(without((name) => standing.has(name))))
    throw new MetabenchError(
      "invalid-usage",
      `${protocol.id} trains on functions, not on images that could be mixed or augmented. Leave --training mixup and augmentation out, or name other protocols.`,
    );
  return without((name) => name === "mixup" || name === "augmentation");
}

/** The protocol in the division that training options leave it in: whatever changes the training images opens it. */
export function inDivisionOf(training: TrainingOptions, protocol: Protocol): Protocol {
  return changesTrainingImages(training) ? checkProtocol({ ...protocol, division: "open" }) : protocol;
}

/**
 * Gives training options to the methods among the algorithms. Controls show what no method reaches, so they stay as they are, wherever they
 * come from.
 *
 * @param named whether the command itself asks for training options
 * @throws MetabenchError `invalid-usage` where it does and there are controls only
 */
export function withTraining(
  entries: readonly (Entry & { readonly training: TrainingOptions })[],
  named: boolean,
  { find }: PluginRegistry,
): readonly Entry[] {
  const trained = entries.map(({ protocol, algorithms, training }) => ({
    protocol,
    algorithms: algorithms.map((choice) =>
      Object.keys(training).length === 0 || find.algorithm(protocol.kind, choice.id).plugin.role === "control"
        ? choice
        : { ...choice, training },
    ),
  }));
  const all = trained.flatMap(({ algorithms }) => algorithms);
  if (named && all.length > 0 && all.every((choice) => choice.training === undefined))
    throw new MetabenchError(
      "invalid-usage",
      "--training is for methods, and only controls were named. Name a method with --algorithm, or leave --training out.",
    );
  return trained;
}
