/** What is known of one trial's remaining time. */
export interface Remaining {
  /** Seconds; null while nobody knows. */
  readonly seconds: number | null;
}

/**
 * Seconds until the last of the trials ends, when `jobs` run side by side; null while nothing is known.
 *
 * Trials of unknown length count as long as the known ones are on average. The longest single trial is a lower bound.
 */
export function timeLeft(trials: readonly Remaining[], jobs: number): number | null {
  const known = trials.flatMap(({ seconds }) => (seconds === null ? [] : [seconds]));
  if (trials.length === 0) return 0;
  if (known.length === 0) return null;
  const sum = known.reduce((total, seconds) => total + seconds, 0);
  const all = (sum / known.length) * trials.length;
  return Math.max(all / Math.min(jobs, trials.length), ...known);
}
