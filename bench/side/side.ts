import { on } from "node:events";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { MetabenchError } from "@metabench/core";
import { trialEnvironment } from "@metabench/harness/backend";
import { execa } from "execa";
import type { z } from "zod";
import {
  measuredSchema,
  startedSchema,
  type Measured,
  type MeasureRequest,
  type Started,
  type StartRequest,
} from "./messages.ts";

/** A process that holds one workload ready, and idles until it is asked to measure it. */
export interface Side {
  readonly started: Started;
  measure(request: Omit<MeasureRequest, "do">): Promise<Measured>;
  stop(): Promise<void>;
}

/** How to start the process of a side. */
export interface SideProgram {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Added to this process's environment. */
  environment(threads: number): Readonly<Record<string, string>>;
}

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** Our side: started as a trial's process is. */
export const ourProgram: SideProgram = {
  name: "metabench",
  command: process.execPath,
  args: ["--no-warnings", here("our-worker.ts")],
  environment: (threads) => trialEnvironment({ threads }),
};

/** The peers' side: Python as it comes; threads are set through PyTorch. */
export const peerProgram = (python: string): SideProgram => ({
  name: "the peer",
  command: python,
  args: [here("../peers/worker.py")],
  environment: () => ({ PYTHONDONTWRITEBYTECODE: "1" }),
});

/**
 * Starts a side's process and has it make a workload ready.
 *
 * @throws MetabenchError `trial-failed` when the process ends or answers something else, with the last line that it said
 */
export async function startSide(
  { name, command, args, environment }: SideProgram,
  request: Omit<StartRequest, "do">,
): Promise<Side> {
  const subprocess = execa(command, args, {
    env: environment(request.threads),
    reject: false,
    stdin: "pipe",
    buffer: { stdout: false },
    cleanup: true,
  });
  const lines = on(createInterface({ input: subprocess.stdout }), "line", { close: ["close"] });

  async function ask<T>(question: StartRequest | MeasureRequest, schema: z.ZodType<T>): Promise<T> {
    // Where the process is gone already, how it ended says more than that it could not be reached.
    subprocess.stdin.on("error", () => undefined);
    subprocess.stdin.write(`${JSON.stringify(question)}\n`);
    const answer = (await lines.next()) as IteratorResult<readonly [string], undefined>;
    if (answer.done !== true) return schema.parse(JSON.parse(answer.value[0]));
    const { stderr, shortMessage } = await subprocess;
    const words = stderr.split("\n").filter((line) => line.trim() !== "");
    // Node ends in its version, Python in the error.
    const said = (words.findLast((line) => /^\w*Error\b/u.test(line)) ?? words.at(-1) ?? "").trim();
    throw new MetabenchError(
      "trial-failed",
      `${request.workload}: the process of ${name} ended (${said === "" ? (shortMessage ?? "without a word") : said}). Run it alone with --only ${request.workload}.`,
    );
  }

  const started = await ask({ do: "start", ...request }, startedSchema);
  return {
    started,
    measure: (limits) => ask({ do: "measure", ...limits }, measuredSchema),
    async stop() {
      subprocess.stdin.end();
      await subprocess;
    },
  };
}
