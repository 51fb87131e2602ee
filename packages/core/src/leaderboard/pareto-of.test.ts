import { expect, it } from "vitest";
import { buildRecord, classified, good, only, poor } from "./record.test-support.ts";

/** A trial that took so many milliseconds a task, on a processor of that name. */
function timed(algorithm: string, correct: readonly number[], medianMs: number, cpu: string) {
  const adaptation = { medianMs, p95Ms: 2 * medianMs, samples: 20, episodes: 4 };
  const record = buildRecord({ algorithm, cost: { adaptation }, outcome: classified([correct]) });
  const { provenance } = record;
  return { ...record, provenance: { ...provenance, machine: { ...provenance.machine, cpu } } };
}

it("holds rows of one device against each other, and no row against one that a faster machine timed", () => {
  const front = (...cpus: readonly string[]) => {
    const [one = "", two = ""] = cpus;
    const table = only([timed("slow", poor, 50, one), timed("quick", good, 5, two)]);
    return table.pareto.map((id) => id.split("-")[0]);
  };
  expect(front("old", "old")).toEqual(["quick"]);
  expect(front("old", "new").toSorted()).toEqual(["quick", "slow"]);
});
