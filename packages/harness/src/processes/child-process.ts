import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { execaNode, type Message } from "execa";
import { MetabenchError, type UnfinishedRecord } from "@metabench/core";
import { trialEnvironment, type BackendInfo } from "../backend/index.ts";
import { childMessageSchema, type ChildMessage, type ParentMessage } from "../wire/index.ts";
import { logTail } from "./log-tail.ts";
import { parentEnvironment } from "./end-with-parent.ts";

/** How a trial's process ended when it did not do its work. */
export class TrialFailure extends Error {
  override readonly name = "TrialFailure";
  readonly status: UnfinishedRecord["status"];
  readonly code: string;
  /** The last lines of the process's output. */
  readonly log: string;
  /** What computed, where the process lived to tell. */
  backend: BackendInfo | null = null;

  constructor(status: UnfinishedRecord["status"], code: string, message: string, log: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.log = log;
  }
}

/** Limits of a trial's process. */
export interface Limits {
  readonly threads: number;
  readonly timeLimitSeconds: number | null;
  readonly memoryLimitBytes: number | null;
  readonly signal: AbortSignal;
}

/** A trial's process under way. */
export interface TrialProcess {
  /** Resolves too where the process is gone: how it ended says more than that it could not be reached. */
  send(message: ParentMessage): Promise<void>;
}

/** Why a process was ended from here. */
type Reason = Pick<TrialFailure, "status" | "code" | "message">;

const childModule = fileURLToPath(new URL(`../trial/child${extname(import.meta.filename)}`, import.meta.url));
const memoryLookMs = 2000;

/** Resident bytes of a process where the system tells; null elsewhere. */
async function residentBytes(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${String(pid)}/status`, "utf8").catch(() => "");
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

/**
 * Runs a trial's process to its end and hands every message, checked, to `listen`.
 *
 * @throws TrialFailure for every way in which the child fails, exceeds a limit or dies
 * @throws MetabenchError `set-up-failed` where no process can be started; `cancelled` when the signal aborts; the child's checkpoint stays
 */
export async function runChild(
  { threads, timeLimitSeconds, memoryLimitBytes, signal }: Limits,
  first: ParentMessage,
  listen: (message: ChildMessage, child: TrialProcess) => Promise<void> | void,
): Promise<void> {
  signal.throwIfAborted();
  let reason: Reason | null = null;
  const subprocess = execaNode(childModule, {
    nodePath: process.execPath,
    nodeOptions: ["--no-warnings"],
    env: { ...trialEnvironment({ threads }), ...parentEnvironment() },
    serialization: "advanced",
    // Nothing of the output is kept but its end: a process may log for days.
    buffer: false,
    all: true,
    stdin: "ignore",
    reject: false,
    // The process group gets Ctrl-C from the terminal; the parent decides what it means.
    cleanup: true,
  });
  const log = logTail(subprocess.all);
  const stop = (status: Reason["status"], message: string, code: string = status) => {
    reason ??= { status, code, message };
    subprocess.kill("SIGKILL");
  };
  const cancel = () => {
    stop("cancelled", "The run was interrupted.");
  };
  signal.addEventListener("abort", cancel, { once: true });
  const clock =
    timeLimitSeconds === null
      ? undefined
      : setTimeout(() => {
          stop(
            "timed-out",
            `The trial exceeded its time limit of ${String(timeLimitSeconds)} seconds. Raise --time-limit (metabench run --retry-failed continues the trial), or lower the cost of an update.`,
          );
        }, timeLimitSeconds * 1000);
  const memoryWatch =
    memoryLimitBytes === null
      ? undefined
      : setInterval(() => {
          void residentBytes(subprocess.pid ?? 0).then((bytes) => {
            if (bytes !== null && bytes > memoryLimitBytes)
              stop(
                "out-of-memory",
                `The trial used ${String(Math.round(bytes / 2 ** 20))} MiB, its limit is ${String(Math.round(memoryLimitBytes / 2 ** 20))} MiB. Raise --memory-limit (metabench run --retry-failed continues the trial), or use smaller batches.`,
              );
          });
        }, memoryLookMs);
  let received: Extract<ChildMessage, { type: "failed" }> | null = null;
  const send = (message: ParentMessage) =>
    subprocess.sendMessage(message as unknown as Message<"advanced">).catch(() => undefined);
  const take = async (raw: unknown) => {
    const parsed = childMessageSchema.safeParse(raw);
    if (!parsed.success)
      throw new MetabenchError(
        "contract-broken",
        `The trial's process sent an unknown message: ${parsed.error.issues[0]?.message ?? ""}. Remove process.send() from the plugin: only metabench may use this channel.`,
      );
    if (parsed.data.type === "failed") received = parsed.data;
    else await listen(parsed.data, { send });
  };
  const faults: unknown[] = [];
  const talk = async () => {
    const messages = subprocess.getEachMessage();
    void send(first);
    for await (const raw of messages)
      try {
        await take(raw);
      } catch (error) {
        // Ended here and not further out: leaving the loop waits for the process.
        if (error instanceof MetabenchError) stop("invalid", error.message, error.code);
        else {
          faults.push(error);
          subprocess.kill("SIGKILL");
        }
      }
  };
  // A line that breaks says less than how the process ended.
  await talk().catch(() => undefined);
  const ended = await subprocess;
  const { exitCode, signal: killedBy } = ended;
  clearTimeout(clock);
  clearInterval(memoryWatch);
  signal.removeEventListener("abort", cancel);
  if (faults.length > 0) throw faults[0];
  if (signal.aborted)
    throw new MetabenchError(
      "cancelled",
      "The run was interrupted. Repeat the command: it continues from its checkpoints.",
    );
  if (exitCode === undefined && killedBy === undefined)
    throw new MetabenchError(
      "set-up-failed",
      `No process could be started for a trial: ${ended.originalMessage ?? process.execPath}. Install the packages again (npm install), then repeat the command: it continues.`,
      { cause: ended.cause },
    );
  const stopped = (reason ?? received) as Reason | null;
  if (stopped) throw new TrialFailure(stopped.status, stopped.code, stopped.message, log());
  if (killedBy === "SIGKILL")
    throw new TrialFailure(
      "out-of-memory",
      "out-of-memory",
      "The trial's process was killed from outside, most likely by the system for lack of memory. Lower --jobs or batch sizes.",
      log(),
    );
  if (exitCode !== 0)
    throw new TrialFailure(
      "failed",
      "trial-failed",
      `The trial's process ended with ${killedBy ?? `exit code ${String(exitCode)}`}. Read the end of its log, fix what it names, then repeat the command (metabench run: with --retry-failed).`,
      log(),
    );
}
