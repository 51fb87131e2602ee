import { engine, registerGradient } from "@tensorflow/tfjs-core";
import type { NamedAttrMap, Tensor } from "@tensorflow/tfjs-core";
import { acceptAbsentCotangents } from "../engine.ts";

/** A gradient per input, made when asked for. */
export type Cotangents = Readonly<Record<string, () => Tensor>>;

/** What reaches each output of a kernel (of up to three); `null` where the value does not depend on it. */
export type OutputCotangents = readonly [Tensor | null, Tensor | null, Tensor | null];

/** How the gradient of a kernel with several outputs is found. */
export interface FusedGradient {
  readonly kernelName: string;
  readonly inputsToSave: readonly string[];
  readonly outputsToSave?: readonly boolean[];
  readonly gradient: (
    cotangents: OutputCotangents,
    saved: readonly Tensor[],
    attributes: NamedAttrMap,
  ) => Cotangents;
}

/** Registers a gradient that receives only the cotangents that exist; that of tfjs would make full-size zeros for the others. */
export function registerFusedGradient({
  kernelName,
  inputsToSave,
  outputsToSave = [],
  gradient,
}: FusedGradient): void {
  acceptAbsentCotangents(kernelName);
  registerGradient({
    kernelName,
    inputsToSave: [...inputsToSave],
    outputsToSave: [...outputsToSave],
    gradFunc: (dys, saved, attributes) => gradient(dys as unknown as OutputCotangents, saved, attributes),
  });
}

/** Runs a kernel of several outputs. */
export function runFused(
  kernelName: string,
  inputs: Readonly<Record<string, Tensor>>,
  attributes: object = {},
): Tensor[] {
  return engine().runKernel<Tensor[]>(kernelName, { ...inputs }, attributes as NamedAttrMap);
}
