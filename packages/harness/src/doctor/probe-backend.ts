import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { execaNode } from "execa";
import { backendInfoSchema, trialEnvironment } from "../backend/index.ts";
import type { DoctorReport } from "./report.ts";
import * as z from "zod";

/** Beside this module, built or not: Node runs the TypeScript as it is. */
const childModule = fileURLToPath(
  new URL(import.meta.url.endsWith(".ts") ? "backend-probe.ts" : "backend-probe.js", import.meta.url),
);

const messageSchema = backendInfoSchema.extend({ milliseconds: z.number().nonnegative() });

/** Starts the backend in a process of its own, so that a crash of native code is reported and not suffered. */
export async function probeBackend(): Promise<DoctorReport["backend"]> {
  const child = execaNode(childModule, {
    env: trialEnvironment({ threads: availableParallelism() }),
    reject: false,
    stdin: "ignore",
    all: true,
    timeout: 120_000,
    serialization: "advanced",
    ipc: true,
  });
  const message = await child.getOneMessage().then(
    (value) => messageSchema.parse(value),
    () => undefined,
  );
  const { all, shortMessage, failed } = await child;
  if (message !== undefined && !failed) return { state: "started", ...message };
  const last = all
    .trim()
    .split("\n")
    .findLast((line) => line.trim() !== "");
  return {
    state: "failed",
    message: [shortMessage?.split("\n")[0], last]
      .filter((part) => part !== undefined && part !== "")
      .join(": "),
  };
}
