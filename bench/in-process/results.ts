import Table from "cli-table3";
import { z } from "zod";
import { describeMachine, machineSchema } from "../machine.ts";

const positive = z.number().positive();

/** One benchmark's times: milliseconds a unit. */
export const resultSchema = z.strictObject({
  group: z.string(),
  name: z.string(),
  milliseconds: z.strictObject({ median: positive, p99: positive, least: positive }),
  /** Units a second, from the median. */
  per_second: positive,
  samples: z.int().positive(),
});

/** What `npm run bench -- --json` writes. */
export const resultsSchema = z.strictObject({
  schemaVersion: z.literal(1),
  date: z.iso.datetime(),
  machine: machineSchema,
  threads: z.int().positive(),
  versions: z.record(z.string(), z.string()),
  results: z.array(resultSchema),
});

export type Result = Readonly<z.infer<typeof resultSchema>>;
export type Results = Readonly<z.infer<typeof resultsSchema>>;

const digits = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

/** For the terminal. */
export function asTable({ machine, threads, results }: Results): string {
  const table = new Table({
    head: ["", "benchmark", "median, ms", "p99, ms", "a second", "samples"],
    style: { head: [], border: [] },
    colAligns: ["left", "left", "right", "right", "right", "right"],
  });
  for (const { group, name, milliseconds, per_second, samples } of results)
    table.push([
      group,
      name,
      digits(milliseconds.median),
      digits(milliseconds.p99),
      digits(per_second),
      String(samples),
    ]);
  return `${describeMachine(machine)}; ${String(threads)} threads\n${table.toString()}`;
}
