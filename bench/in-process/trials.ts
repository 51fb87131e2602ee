import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { trialEnvironment } from "@metabench/harness/backend";
import { metaTest, indexEpisodes } from "../workloads/episodes.ts";
import { adaptation } from "../workloads/adaptation.ts";
import { training } from "../workloads/training.ts";
import type { Work } from "../workloads/work.ts";
import type { Benchmark } from "./benchmark.ts";

const ofWork = (group: string, name: string, make: () => Work, units = 1): Benchmark => ({
  group,
  name,
  units,
  prepare: () => ({ run: make().run }),
});

const probe = fileURLToPath(new URL("start-up-child.ts", import.meta.url));

/** What trials do, from start to test. */
export const trials = (threads: number): readonly Benchmark[] => [
  ...Object.entries(training).map(([name, make]) => ofWork("training", name, make)),
  ofWork("adaptation", "MAML, 5 steps on 5-way 1-shot", adaptation),
  ofWork("evaluation", "ProtoNet, 1000 episodes", () => metaTest(1000)),
  ofWork("sampling", "index episode", () => indexEpisodes(1000), 1000),
  {
    group: "start-up",
    name: "process with a backend, ready for a trial",
    units: 1,
    prepare: () => ({
      run() {
        const { status } = spawnSync(process.execPath, ["--no-warnings", probe], {
          env: { ...process.env, ...trialEnvironment({ threads }) },
          stdio: "ignore",
        });
        if (status !== 0) throw new Error(`the process ended with ${String(status)}`);
      },
    }),
  },
];
