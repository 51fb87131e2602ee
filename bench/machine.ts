import { availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";
import process from "node:process";
import { z } from "zod";

/** Where something was measured. */
export const machineSchema = z.strictObject({
  processor: z.string(),
  cores: z.int().positive(),
  memoryBytes: z.int().positive(),
  system: z.string(),
  /** Processes that wanted to run in the minute before the start: above 0.5, others were at work. */
  load: z.number().nonnegative(),
});

export type Machine = Readonly<z.infer<typeof machineSchema>>;

/** This machine, now. */
export const machine = (): Machine => ({
  processor: cpus()[0]?.model.trim() ?? process.arch,
  cores: availableParallelism(),
  memoryBytes: totalmem(),
  system: `${type()} ${release()}`,
  load: loadavg()[0] ?? 0,
});

/** A machine in one line. */
export const describeMachine = ({ processor, cores, memoryBytes, system, load }: Machine): string =>
  `${processor}, ${String(cores)} cores, ${(memoryBytes / 2 ** 30).toFixed(0)} GiB, ${system}; load before the start ${load.toFixed(1)}`;
