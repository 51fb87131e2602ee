import { Bench } from "tinybench";
import type { Timing } from "../wire/index.ts";

/** Values of a sorted list below which a share of them lies (nearest rank). */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

/**
 * Milliseconds of `work`, called for one episode after the other in turn, after a warm-up.
 *
 * Synchronous all through, since kernels block the event loop anyway.
 */
export function timeEpisodes(episodes: number, work: (episode: number) => void): Timing {
  let next = 0;
  const bench = new Bench({
    time: 1000,
    iterations: 2 * episodes,
    warmupTime: 200,
    warmupIterations: episodes,
    retainSamples: true,
    throws: true,
  });
  bench.add("episodes", () => {
    work(next % episodes);
    next += 1;
  });
  const [task] = bench.runSync();
  const result = task?.result;
  if (result?.state !== "completed") throw new Error(`tinybench ended as ${String(result?.state)}`);
  const samples = [...(result.latency.samples ?? [])].sort((a, b) => a - b);
  return {
    medianMs: quantile(samples, 0.5),
    p95Ms: quantile(samples, 0.95),
    samples: samples.length,
    episodes,
  };
}
