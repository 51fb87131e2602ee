import { axesOf, describeTraining, inputs, type TrialRecord } from "@metabench/core";
import { duration, megabytes, moment, plural, significant, whole } from "../format/number.ts";
import { optionText } from "../format/option-text.ts";
import { trainedOn } from "../format/training.ts";

/** A name and its value, both as text. */
export type Fact = readonly [name: string, value: string];

const options = (values: Readonly<Record<string, unknown>>) => optionText(values) || "all default";

/** What a trial cost. */
export function costFacts({ cost, spec, display }: TrialRecord): Fact[] {
  const { input } = axesOf(spec.protocol.kind, display.dataset);
  const processed = `${inputs[input].processed}/s`;
  const timing = (time: typeof cost.adaptation, otherwise: string) =>
    time
      ? `${significant(time.medianMs)} ms median, ${significant(time.p95Ms)} ms 95th percentile (${plural(time.samples, "sample")})`
      : otherwise;
  const rate = (value: number | null, unit: string) =>
    value === null ? "no training" : `${significant(value)} ${unit}`;
  return [
    ["Adaptation", timing(cost.adaptation, "none")],
    ["Prediction", timing(cost.prediction, "not timed")],
    ["Training", cost.imagesPerSecond === null ? "no training" : duration(cost.trainingSeconds)],
    ["To 95 % of the gain", cost.secondsTo95 === null ? "does not apply" : duration(cost.secondsTo95)],
    [
      "Throughput",
      cost.imagesPerSecond === null
        ? "no training"
        : `${rate(cost.imagesPerSecond, processed)}, ${rate(cost.updatesPerSecond, "updates/s")}`,
    ],
    ["Test", duration(cost.testSeconds)],
    ["Peak memory", `${megabytes(cost.peakMemoryBytes)} MB`],
    ["Resumed", cost.resumed === 0 ? "never interrupted" : plural(cost.resumed, "time")],
  ];
}

function trainingFacts(record: TrialRecord): Fact[] {
  const { training } = record.spec;
  const asked: Fact[] = training ? [["Training options", describeTraining(training)]] : [];
  if (record.status !== "completed") return asked;
  const { budgetUsed } = record;
  return [
    ...asked,
    ["Trained on", trainedOn(record.training).join(", ")],
    ...(budgetUsed === undefined ? [] : [["Budget used", `${(100 * budgetUsed).toFixed(0)} %`] as const]),
    ["Settings tried", whole(record.triedSettings)],
  ];
}

/** What was run: the specification, which is all that moved the result, and what updates were trained on. */
export function specFacts(record: TrialRecord): Fact[] {
  const { identity, spec } = record;
  const { protocol, algorithm, dataset, backbone } = spec;
  return [
    ["Identity", identity],
    [
      "Protocol",
      `${protocol.id}, version ${String(protocol.version)}, ${protocol.tier} tier, ${protocol.division} division`,
    ],
    ...(protocol.basedOn === undefined ? [] : [["Based on", protocol.basedOn] as const]),
    ["Algorithm", `${algorithm.id} ${algorithm.version}, options ${options(algorithm.options)}`],
    ...(algorithm.source === null ? [] : [["Source of the algorithm", algorithm.source] as const]),
    ["Data set", `${dataset.id} ${dataset.version}, options ${options(dataset.options)}`],
    ["Content of the data", dataset.contentHash],
    ["Backbone", `${backbone.id} ${backbone.version}, options ${options(backbone.options)}`],
    ["Seed", String(spec.seed)],
    ["Selected against", spec.reference ?? "no reference trial"],
    ...trainingFacts(record),
  ];
}

function backendFacts(backend: TrialRecord["provenance"]["backend"]): Fact[] {
  if (!backend) return [["Backend", "unknown: the trial's process did not report it"]];
  return [
    ["Backend", `${backend.name}, library ${backend.library}, ${plural(backend.threads, "thread")}`],
    ["Device", `${backend.device}: ${backend.deviceName}`],
    ["Faster kernels", backend.kernels.join(", ") || "none"],
  ];
}

/** Where and with what a trial ran. */
export function provenanceFacts({ provenance }: TrialRecord): Fact[] {
  const { backend, machine, commit, dirty, retest } = provenance;
  const { packages, lockFileHash } = provenance;
  return [
    ["Started", moment(provenance.startedAt)],
    ["Finished", moment(provenance.finishedAt)],
    ...(retest
      ? [
          [
            "Tested again",
            `${moment(retest.finishedAt)}, ${retest.backend.name} on ${retest.backend.deviceName}`,
          ] as const,
        ]
      : []),
    ...backendFacts(backend),
    [
      "Machine",
      `${machine.cpu}, ${plural(machine.cores, "core")}, ${whole(machine.memoryBytes / 1e9)} GB, ${machine.platform} ${machine.release} (${machine.architecture})`,
    ],
    ["Trials at the same time", whole(provenance.jobs)],
    ["Commit", commit === null ? "not from a checkout" : commit],
    ["Uncommitted changes", dirty === null ? "unknown" : dirty ? "yes" : "none"],
    ["Lock file", lockFileHash ?? "unknown"],
    ["Node", provenance.node],
    [
      "Packages",
      Object.entries(packages)
        .map(([name, version]) => `${name} ${version}`)
        .join(", ") || "none recorded",
    ],
  ];
}
