import {
  changesTrainingImages,
  checkProtocol,
  MetabenchError,
  type Protocol,
  type TrainingOptions,
} from "@metabench/core";
import type { RunRequest } from "../../execute/types.ts";
import type { PluginRegistry } from "../../plugins/index.ts";

type Entry = RunRequest["entries"][number];

/**
 * The protocol in the division that training options leave it in: whatever changes the training images opens it.
 *
 * @throws MetabenchError `invalid-usage` where there are no images to change
 */
export function inDivisionOf(training: TrainingOptions, protocol: Protocol): Protocol {
  if (!changesTrainingImages(training)) return protocol;
  if (protocol.kind === "few-shot-regression")
    throw new MetabenchError(
      "invalid-usage",
      `${protocol.id} trains on functions, which have no images to mix or to augment. Leave --training mixup and augmentation out, or name other protocols.`,
    );
  return checkProtocol({ ...protocol, division: "open" });
}

/**
 * Gives training options to the methods among the algorithms. Controls show what no method reaches, so they stay as they are, wherever they
 * come from.
 *
 * @throws MetabenchError `invalid-usage` where there are controls only
 */
export function withTraining(
  entries: readonly Entry[],
  training: TrainingOptions,
  { find }: PluginRegistry,
): readonly Entry[] {
  if (Object.keys(training).length === 0) return entries;
  const trained = entries.map(({ protocol, algorithms }) => ({
    protocol,
    algorithms: algorithms.map((choice) =>
      find.algorithm(protocol.kind, choice.id).plugin.role === "control" ? choice : { ...choice, training },
    ),
  }));
  const all = trained.flatMap(({ algorithms }) => algorithms);
  if (all.length > 0 && all.every((choice) => choice.training === undefined))
    throw new MetabenchError(
      "invalid-usage",
      "--training is for methods, and only controls were named. Name a method with --algorithm, or leave --training out.",
    );
  return trained;
}
