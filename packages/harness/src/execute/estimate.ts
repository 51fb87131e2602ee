import { isDeepStrictEqual } from "node:util";
import {
  episodesOf,
  type AnyAlgorithm,
  type CompletedRecord,
  type DataAxes,
  type Protocol,
  type Provenance,
  type TrialRecord,
  type TrialSpec,
} from "@metabench/core";
import { roughCost, type UnitCost } from "./rough-cost.ts";

/** What an estimate rests on, the best first. */
export const estimateBases = ["same-trial", "same-method", "another-machine", "default"] as const;

/** One of {@link estimateBases}. */
export type EstimateBasis = (typeof estimateBases)[number];

/** How long a trial will take. */
export interface Estimate {
  readonly seconds: number;
  readonly basis: EstimateBasis;
}

/** What an estimate is made from, beside the trial. */
export interface Known {
  readonly algorithm: Pick<AnyAlgorithm, "id" | "role">;
  readonly data: DataAxes;
  readonly records: readonly TrialRecord[];
  /** This machine, as records state it. */
  readonly machine: Pick<Provenance["machine"], "cpu" | "cores" | "architecture">;
}

/** Seconds to start a trial's process with its backend, and to read the prepared data. */
const start = 5;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const itemsOf = (protocol: Protocol) => episodesOf(protocol)?.test ?? 1;

/** Episodes, or whole tests, on which a trial is looked at while it trains. */
function validationItems(protocol: Protocol): number {
  const { images, validateEvery } = protocol.budget;
  return (1 + Math.round(images / validateEvery)) * (episodesOf(protocol)?.validation ?? 1);
}

const unitCostOf = ({ cost, spec: { protocol } }: CompletedRecord): UnitCost => ({
  perExample: cost.trainingSeconds / protocol.budget.images,
  perItem: cost.testSeconds / itemsOf(protocol),
});

/** Completed trials of the same method and network, with what separates them from this one. */
function alike({ algorithm, backbone, protocol }: TrialSpec, { records }: Known): readonly CompletedRecord[] {
  return records.filter(
    (record): record is CompletedRecord =>
      record.status === "completed" &&
      record.spec.protocol.kind === protocol.kind &&
      record.spec.algorithm.id === algorithm.id &&
      record.spec.backbone.id === backbone.id &&
      isDeepStrictEqual(record.spec.backbone.options, backbone.options),
  );
}

/** The cost of the trial's parts, by the records that are nearest to it, or by defaults. */
function costOf(spec: TrialSpec, known: Known): { readonly cost: UnitCost; readonly basis: EstimateBasis } {
  const { cpu, cores, architecture } = known.machine;
  const records = alike(spec, known);
  const here = records.filter(({ provenance: { machine } }) =>
    isDeepStrictEqual([machine.cpu, machine.cores, machine.architecture], [cpu, cores, architecture]),
  );
  const same = (all: readonly CompletedRecord[]) =>
    all.filter(
      ({ spec: { protocol } }) => protocol.id === spec.protocol.id && protocol.tier === spec.protocol.tier,
    );
  const candidates: readonly (readonly [EstimateBasis, readonly CompletedRecord[]])[] = [
    ["same-trial", same(here)],
    ["same-method", here],
    ["another-machine", same(records)],
    ["another-machine", records],
  ];
  const [basis, found] = candidates.find(([, all]) => all.length > 0) ?? [];
  if (basis === undefined || found === undefined)
    return { cost: roughCost(spec, known.algorithm, known.data), basis: "default" };
  const costs = found.map(unitCostOf);
  return {
    basis,
    cost: {
      perExample: median(costs.map(({ perExample }) => perExample)),
      perItem: median(costs.map(({ perItem }) => perItem)),
    },
  };
}

/**
 * Seconds a trial will take, its start, training, validations and test counted, and what that rests on: completed trials of the same
 * method and network, preferably on this machine and the same protocol, scaled to budget and test; or else a default per class of method.
 * Timing is not in it. What trains on nothing has no training to scale, and is not validated.
 */
export function estimate(spec: TrialSpec, known: Known): Estimate {
  const { cost, basis } = costOf(spec, known);
  const { protocol } = spec;
  const training = cost.perExample * protocol.budget.images;
  const items = itemsOf(protocol) + (cost.perExample === 0 ? 0 : validationItems(protocol));
  return { seconds: start + training + items * cost.perItem, basis };
}
