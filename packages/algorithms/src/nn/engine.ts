import { clone, engine, getBackend, getKernel } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";

/*
 * What this room knows about the inside of tfjs' engine. Public in its types but internal in spirit, so tfjs is pinned to 4.22.0
 * and the tests of this folder fail loudly should any of it change.
 */

/** One recorded operation on the tape. */
export interface TapeNode {
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly outputs: readonly Tensor[];
  readonly saved?: readonly Tensor[];
  readonly kernelName: string;
  gradient?: (cotangents: readonly (Tensor | null)[]) => Readonly<Record<string, () => Tensor>>;
}

interface Recording {
  gradientDepth: number;
  kernelDepth: number;
  activeTape: TapeNode[] | null;
}

/** The engine's recording state. */
export function recording(): Recording {
  return engine().state as unknown as Recording;
}

/** Is an enclosing gradient recording at this moment? */
export function isRecording(): boolean {
  const state = recording();
  return state.gradientDepth > 0 && state.kernelDepth === 0;
}

/**
 * Runs `f` as if no gradient enclosed it: nothing it does reaches the enclosing tape, and a gradient inside it frees its own tape
 * at once.
 */
export function apart<T>(f: () => T): T {
  const state = recording();
  const { gradientDepth, activeTape } = state;
  state.gradientDepth = 0;
  try {
    return f();
  } finally {
    state.gradientDepth = gradientDepth;
    state.activeTape = activeTape;
  }
}

/** Returns the same values, which every enclosing gradient takes as constant. */
export function stopGradient<T extends Tensor>(x: T): T {
  return apart(() => clone(x));
}

/** Does the current backend have a kernel of this name? */
export function hasKernel(name: string): boolean {
  // tfjs declares the result as always present, but answers undefined for an unknown name.
  return (getKernel(name, getBackend()) as unknown) !== undefined;
}

const acceptsAbsent = new Set<string>();

/** From now on the gradient of this kernel gets a list with `null` for an output that does not matter, also if it has but one. */
export function acceptAbsentCotangents(kernelName: string): void {
  acceptsAbsent.add(kernelName);
}

/** Was {@link acceptAbsentCotangents} called for this kernel? */
export function isAbsenceAccepted(kernelName: string): boolean {
  return acceptsAbsent.has(kernelName);
}
