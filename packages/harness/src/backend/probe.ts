import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { execaNode } from "execa";
import { z } from "zod";
import { backendInfoSchema } from "./backend-info.ts";
import { trialEnvironment } from "./trial-environment.ts";

/** What came of starting a backend: what it is and how long it took, or why there is none. */
export const backendProbeSchema = z.discriminatedUnion("state", [
  backendInfoSchema.extend({ state: z.literal("started"), milliseconds: z.number().nonnegative() }),
  z.strictObject({ state: z.literal("failed"), message: z.string() }),
]);

/** See {@link backendProbeSchema}. */
export type BackendProbe = z.infer<typeof backendProbeSchema>;

/** Beside this module, built or not: Node runs the TypeScript as it is. */
const childModule = fileURLToPath(
  new URL(import.meta.url.endsWith(".ts") ? "probe-child.ts" : "probe-child.js", import.meta.url),
);

const messageSchema = backendInfoSchema.extend({ milliseconds: z.number().nonnegative() });

/** Starts the backend in a process of its own, so that a crash of native code is reported and not suffered. */
export async function probeBackend(): Promise<BackendProbe> {
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
