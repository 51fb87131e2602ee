import process from "node:process";
import { createInterface } from "node:readline";
import { startBackend } from "@metabench/harness/backend";
import { workloads } from "../workloads/index.ts";
import type { Work } from "../workloads/work.ts";
import type { Measured, MeasureRequest, Started, StartRequest } from "./messages.ts";

// Our counterpart of peers/worker.py: a JSON object a line comes in, one goes out.

async function start({ workload, threads }: StartRequest): Promise<{ work: Work; reply: Started }> {
  const { library } = await startBackend({ prefer: "native", threads });
  const work = workloads[workload]?.();
  if (work === undefined) throw new Error(`no workload ${workload}`);
  const { parameters, units } = work;
  const versions = { node: process.versions.node, backend: library };
  return { work, reply: { parameters, units, library: "metabench", versions } };
}

async function measure({ run }: Work, { seconds, least }: MeasureRequest): Promise<Measured> {
  const milliseconds: number[] = [];
  let value = NaN;
  const end = performance.now() + seconds * 1000;
  while (milliseconds.length < least || performance.now() < end) {
    const began = performance.now();
    value = await run();
    milliseconds.push(performance.now() - began);
  }
  return { milliseconds, value: Number.isFinite(value) ? value : null };
}

let work: Work | undefined;
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as StartRequest | MeasureRequest;
  let reply: Started | Measured;
  if (request.do === "start") ({ work, reply } = await start(request));
  else if (work) reply = await measure(work, request);
  else throw new Error("nothing was started");
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
