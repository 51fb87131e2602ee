import type { TrialPhase } from "./types.ts";

/** Least share of a phase from which the time left is worth telling. */
const enough = 0.02;

/** Seconds until a phase ends, by how long its part so far took; null while too little is known. */
export function secondsLeft(phase: TrialPhase, fraction: number, elapsedMs: number): number | null {
  if (phase !== "training" || fraction < enough) return null;
  return ((elapsedMs / 1000) * (1 - fraction)) / fraction;
}
