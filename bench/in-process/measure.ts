import process from "node:process";
import { startBackend, type BackendInfo } from "@metabench/harness/backend";
import { Bench } from "tinybench";
import { matching, timeLeftLine } from "../command-line.ts";
import { machine } from "../machine.ts";
import type { Benchmark } from "./benchmark.ts";
import { blocks } from "./blocks.ts";
import { kernels, stockKernels } from "./kernels.ts";
import { resultsSchema, type Result, type Results } from "./results.ts";
import { trials } from "./trials.ts";

/** What to measure, and for how long each. */
export interface Choice {
  readonly only?: string;
  readonly threads: number;
  readonly time: number;
}

async function time({ group, name, units, prepare }: Benchmark, seconds: number): Promise<Result> {
  const { run, free } = prepare();
  // Work that takes long is not repeated for the sake of numbers.
  const bench = new Bench({
    time: seconds * 1000,
    iterations: 3,
    warmupTime: 0,
    warmupIterations: 1,
    throws: true,
  });
  bench.add(name, async () => {
    await run();
  });
  const [task] = await bench.run();
  free?.();
  const result = task?.result;
  if (result?.state !== "completed") throw new Error(`tinybench ended as ${String(result?.state)}`);
  const { p50, p99, min, samplesCount } = result.latency;
  return {
    group,
    name,
    milliseconds: { median: p50 / units, p99: p99 / units, least: min / units },
    per_second: (1000 * units) / p50,
    samples: samplesCount,
  };
}

/**
 * Times benchmarks in this process, which must have been started with a trial's environment.
 *
 * @throws MetabenchError `invalid-usage` for a pattern that chooses nothing, `backend-unavailable` without native TensorFlow
 */
export async function measure(
  { only, threads, time: seconds }: Choice,
  note: (line: string) => void,
): Promise<Results> {
  await import("@tensorflow/tfjs-node-gpu");
  const stock = stockKernels();
  const backend: BackendInfo = await startBackend({ prefer: "native", threads });
  const all = [...kernels(stock), ...blocks, ...trials(threads)];
  const chosen = matching(all, only, ({ group, name }) => `${group} ${name}`);
  const left = timeLeftLine(chosen.length);
  const before = machine();
  const results: Result[] = [];
  for (const benchmark of chosen) {
    note(`${benchmark.group}: ${benchmark.name}${left(results.length === 0 ? 0 : 1)}`);
    results.push(await time(benchmark, seconds));
  }
  return resultsSchema.parse({
    schemaVersion: 1,
    date: new Date().toISOString(),
    machine: before,
    threads,
    versions: { node: process.versions.node, backend: backend.library },
    results,
  });
}
