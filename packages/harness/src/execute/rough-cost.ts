import {
  axesOf,
  inputs,
  referenceAlgorithm,
  regimes,
  type AnyAlgorithm,
  type DataAxes,
  type TrialSpec,
} from "@metabench/core";

/** What a trial costs on one core. */
export interface UnitCost {
  /** Seconds per training example of the budget. */
  readonly perExample: number;
  /** Seconds per test episode; in regimes without episodes, of the whole test. */
  readonly perItem: number;
}

/** How many times as long a backbone takes as the usual one of its protocols. */
const slower: ReadonlyMap<string, number> = new Map([["resnet-12", 60]]);

/** Milliseconds of a method and of a control that trains nothing. The reference adapts to each task as a method does. */
interface ClassCost {
  readonly exampleMs: number;
  readonly methodItemMs: number;
  readonly controlItemMs: number;
}

/** Of the size that the records of this repository show on a server processor. */
function classCost({ protocol }: Pick<TrialSpec, "protocol">, data: DataAxes): ClassCost {
  const { input, regime } = axesOf(protocol.kind, data);
  if (!regimes[regime].adapts)
    return { exampleMs: inputs[input].pixels ? 0.2 : 0.02, methodItemMs: 1000, controlItemMs: 1000 };
  if (!inputs[input].pixels) return { exampleMs: 0.02, methodItemMs: 50, controlItemMs: 1 };
  return protocol.backbone.options["width"] === 32
    ? { exampleMs: 1, methodItemMs: 150, controlItemMs: 15 }
    : { exampleMs: 2.5, methodItemMs: 400, controlItemMs: 40 };
}

/**
 * What a trial costs where no record tells: by class of method, of the size measured on a server processor, so that a first plan can say
 * whether minutes or hours lie ahead. A control is taken to train on nothing.
 */
export function roughCost(
  spec: Pick<TrialSpec, "protocol" | "backbone">,
  { id, role }: Pick<AnyAlgorithm, "id" | "role">,
  data: DataAxes,
): UnitCost {
  const { exampleMs, methodItemMs, controlItemMs } = classCost(spec, data);
  const factor = (slower.get(spec.backbone.id) ?? 1) / 1000;
  if (role === "method") return { perExample: exampleMs * factor, perItem: methodItemMs * factor };
  const adapts = id === referenceAlgorithm(spec.protocol.kind, data);
  return { perExample: 0, perItem: adapts ? methodItemMs * factor : controlItemMs / 1000 };
}
