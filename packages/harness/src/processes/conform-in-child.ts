import { extname } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { execaNode } from "execa";
import { errorCodes, MetabenchError, type ErrorCode } from "@metabench/core";
import { trialEnvironment } from "../backend/index.ts";
import { reportSchema, type Order } from "../wire/index.ts";
import { parentEnvironment } from "./end-with-parent.ts";

/** How one check came out. */
export interface CheckResult {
  readonly name: string;
  readonly sentence: string;
  /** What is wrong and what to fix; null where the check was passed. */
  readonly mend: string | null;
  readonly seconds: number;
}

/** Which plugin to check, how, and within what limits. */
export interface ConformOptions extends Omit<Order, "checks"> {
  /** The checks to run, in this order. */
  readonly checks: readonly Pick<CheckResult, "name" | "sentence">[];
  /** Seconds that one check may take. */
  readonly timeLimitSeconds: number;
  readonly signal: AbortSignal;
  onResult?(result: CheckResult): void;
}

const childModule = fileURLToPath(
  new URL(`../conformance/conform-child${extname(import.meta.filename)}`, import.meta.url),
);

/** Seconds within which a process must have begun with its first check: what starts is TensorFlow, which is slow on a busy machine. */
const startLimitSeconds = 300;

/** What ended a process before its checks were done, in words. */
interface Ending {
  readonly check: string | null;
  readonly mend: string;
  readonly seconds: number;
}

/** Runs checks in one process, as far as it goes. */
async function runChild(
  order: Order,
  { timeLimitSeconds, signal }: ConformOptions,
  ended: (check: string, mend: string | null, seconds: number) => void,
): Promise<Ending> {
  const subprocess = execaNode(childModule, [JSON.stringify(order)], {
    nodePath: process.execPath,
    nodeOptions: ["--no-warnings"],
    env: { ...trialEnvironment({ threads: 1 }), ...parentEnvironment() },
    serialization: "advanced",
    // What a plugin prints is not ours to show, and standard output belongs to the report.
    stdout: "ignore",
    stderr: "ignore",
    stdin: "ignore",
    buffer: false,
    reject: false,
    cleanup: true,
  });
  let current: string | null = null;
  let since = performance.now();
  let late = false;
  let clock: NodeJS.Timeout | undefined;
  const windUp = (seconds: number) => {
    clearTimeout(clock);
    since = performance.now();
    clock = setTimeout(() => {
      late = true;
      subprocess.kill("SIGKILL");
    }, seconds * 1000);
  };
  const cancel = () => {
    subprocess.kill("SIGKILL");
  };
  signal.addEventListener("abort", cancel, { once: true });
  let failed: { code: string; message: string } | null = null;
  windUp(startLimitSeconds);
  const listen = async () => {
    for await (const message of subprocess.getEachMessage()) {
      const report = reportSchema.safeParse(message).data; // A plugin may send messages of its own.
      if (report?.type === "began") current = report.check;
      if (report?.type === "ended") {
        ended(report.check, report.mend, report.seconds);
        current = null;
      }
      if (report?.type === "failed") failed = report;
      if (report) windUp(timeLimitSeconds);
    }
  };
  await listen().catch(() => undefined);
  const { exitCode, signal: killedBy } = await subprocess;
  clearTimeout(clock);
  signal.removeEventListener("abort", cancel);
  if (signal.aborted) throw new MetabenchError("cancelled", "The checks were interrupted. Start them again.");
  const told = failed as { code: string; message: string } | null;
  if (told !== null) throw new MetabenchError(codeOf(told.code), told.message);
  const seconds = (performance.now() - since) / 1000;
  if (late)
    return {
      check: current,
      mend: `It did not come back within ${String(current === null ? startLimitSeconds : timeLimitSeconds)} seconds and its process was ended; let train() and every step of adapt() end by themselves, or raise --time-limit.`,
      seconds,
    };
  return {
    check: current,
    mend: `The plugin ended the process with ${killedBy ?? `exit code ${String(exitCode)}`}; take process.exit() out of it, and look for native code that crashes.`,
    seconds,
  };
}

const codeOf = (code: string): ErrorCode => errorCodes.find((known) => known === code) ?? "trial-failed";

/**
 * Runs the conformance checks of a plugin in processes of their own: one that hangs or dies fails the check it was at, and the rest goes
 * on in another.
 *
 * @throws MetabenchError `cancelled`, or why nothing could be checked at all
 */
export async function conformInChild(given: ConformOptions): Promise<readonly CheckResult[]> {
  const { module, id, setting, options, backend } = given;
  const results: CheckResult[] = [];
  const due = new Map(given.checks.map((check) => [check.name, check]));
  const ended = (name: string, mend: string | null, seconds: number) => {
    const check = due.get(name);
    if (!check) return;
    due.delete(name);
    const result = { name, sentence: check.sentence, mend, seconds };
    results.push(result);
    given.onResult?.(result);
  };
  while (due.size > 0) {
    const order: Order = { module, id, setting, options, backend, checks: [...due.keys()] };
    const ending = await runChild(order, given, ended);
    // What the process was at; where it was between two checks, the next.
    const [next] = due.keys();
    if (next !== undefined) ended(ending.check ?? next, ending.mend, ending.seconds);
  }
  return results;
}
