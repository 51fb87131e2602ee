import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { execaNode, type Message } from "execa";
import { MetabenchError, type UnfinishedRecord } from "@metabench/core";
import { trialEnvironment } from "../backend/trial-environment.ts";
import { childMessageSchema, type ChildMessage, type ParentMessage } from "../trial/messages.ts";

/** How a trial's process ended when it did not do its work. */
export class TrialFailure extends Error {
  override readonly name = "TrialFailure";
  readonly status: UnfinishedRecord["status"];
  readonly code: string;
  /** The last lines of the process's output. */
  readonly log: string;

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
  send(message: ParentMessage): Promise<void>;
}

const childModule = fileURLToPath(new URL(`../trial/child${extname(import.meta.filename)}`, import.meta.url));
const logLines = 40;
const memoryLookMs = 2000;

/** Resident bytes of a process where the system tells; null elsewhere. */
async function residentBytes(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${String(pid)}/status`, "utf8").catch(() => "");
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

const lastLines = (text: string) => text.trimEnd().split("\n").slice(-logLines).join("\n");

/**
 * Runs a trial's process to its end and hands every message, checked, to `listen`.
 *
 * @throws TrialFailure for every way in which the child fails, exceeds a limit or dies
 * @throws MetabenchError `cancelled` when the signal aborts; the child's checkpoint stays
 */
export async function runChild(
  { threads, timeLimitSeconds, memoryLimitBytes, signal }: Limits,
  first: ParentMessage,
  listen: (message: ChildMessage, child: TrialProcess) => Promise<void> | void,
): Promise<void> {
  signal.throwIfAborted();
  let reason: { readonly status: UnfinishedRecord["status"]; readonly message: string } | null = null;
  const subprocess = execaNode(childModule, {
    nodePath: process.execPath,
    nodeOptions: ["--no-warnings"],
    env: { ...trialEnvironment({ threads }) },
    serialization: "advanced",
    buffer: { ipc: false },
    maxBuffer: 1_000_000,
    all: true,
    stdin: "ignore",
    reject: false,
    // The process group gets Ctrl-C from the terminal; the parent decides what it means.
    cleanup: true,
  });
  const stop = (status: UnfinishedRecord["status"], message: string) => {
    reason ??= { status, message };
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
            `The trial exceeded its time limit of ${String(timeLimitSeconds)} seconds. Raise --time-limit, or lower the cost of an update.`,
          );
        }, timeLimitSeconds * 1000);
  const scales =
    memoryLimitBytes === null
      ? undefined
      : setInterval(() => {
          void residentBytes(subprocess.pid ?? 0).then((bytes) => {
            if (bytes !== null && bytes > memoryLimitBytes)
              stop(
                "out-of-memory",
                `The trial used ${String(Math.round(bytes / 2 ** 20))} MiB, its limit is ${String(Math.round(memoryLimitBytes / 2 ** 20))} MiB. Raise --memory-limit, or use smaller batches.`,
              );
          });
        }, memoryLookMs);
  let told: Extract<ChildMessage, { type: "failed" }> | null = null;
  try {
    const send = (message: ParentMessage) =>
      subprocess.sendMessage(message as unknown as Message<"advanced">);
    const messages = subprocess.getEachMessage();
    void send(first).catch(() => undefined);
    for await (const raw of messages) {
      const parsed = childMessageSchema.safeParse(raw);
      if (!parsed.success) {
        stop(
          "invalid",
          `The trial's process sent a message that is none of the protocol's: ${parsed.error.issues[0]?.message ?? ""}. A plugin must not use the process's channel.`,
        );
        break;
      }
      if (parsed.data.type === "failed") told = parsed.data;
      else await listen(parsed.data, { send });
    }
  } catch (error) {
    subprocess.kill("SIGKILL");
    if (error instanceof MetabenchError) reason ??= { status: "invalid", message: error.message };
    else if (reason === null && told === null) throw error;
  } finally {
    clearTimeout(clock);
    clearInterval(scales);
    signal.removeEventListener("abort", cancel);
  }
  const { all, exitCode, signal: killedBy } = await subprocess;
  if (signal.aborted)
    throw new MetabenchError(
      "cancelled",
      "The run was interrupted. Start it again with the same command: it goes on from its checkpoints.",
    );
  const log = lastLines(all);
  const stopped = reason as { status: UnfinishedRecord["status"]; message: string } | null;
  if (stopped) throw new TrialFailure(stopped.status, stopped.status, stopped.message, log);
  if (told) throw new TrialFailure(told.status, told.code, told.message, log);
  if (killedBy === "SIGKILL")
    throw new TrialFailure(
      "out-of-memory",
      "out-of-memory",
      "The trial's process was killed from outside, most likely by the system for lack of memory. Lower --jobs or batch sizes.",
      log,
    );
  if (exitCode !== 0)
    throw new TrialFailure(
      "failed",
      "trial-failed",
      `The trial's process ended with ${killedBy ?? `exit code ${String(exitCode)}`}. The end of its log shows what it said last.`,
      log,
    );
}
