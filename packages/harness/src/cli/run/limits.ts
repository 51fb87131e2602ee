import process from "node:process";
import { MetabenchError } from "@metabench/core";
import type { RunOptions } from "../../execute/index.ts";
import type { RunFlags } from "../commands/run.ts";

/** Memory is read from /proc, so refuse the flag on other systems. */
export function checkLimits({ memoryLimit }: Pick<RunFlags, "memoryLimit">): void {
  if (memoryLimit !== undefined && process.platform !== "linux")
    throw new MetabenchError("invalid-usage", "--memory-limit works on Linux only. Leave it out here.");
}

/** Limits of a trial, from minutes and gigabytes. */
export function limitsOf({
  timeLimit,
  memoryLimit,
}: Pick<RunFlags, "timeLimit" | "memoryLimit">): Pick<RunOptions, "timeLimitSeconds" | "memoryLimitBytes"> {
  return {
    timeLimitSeconds: timeLimit === undefined ? null : timeLimit * 60,
    memoryLimitBytes: memoryLimit === undefined ? null : memoryLimit * 1e9,
  };
}
