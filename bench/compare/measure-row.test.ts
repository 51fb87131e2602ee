import process from "node:process";
import { describe, expect, it } from "vitest";
import type { SideProgram } from "../side/side.ts";
import { measureRow } from "./measure-row.ts";
import { rowReportSchema } from "./report.ts";
import type { Row } from "./rows.ts";

/** A process that answers as a worker does, with what it is told to. */
function worker(name: string, parameters: number, measured: object): SideProgram {
  const started = { parameters, units: 2, library: name, versions: { [name]: "1" } };
  const program = `
    for await (const line of (await import("node:readline")).createInterface({ input: process.stdin }))
      console.log(JSON.stringify(JSON.parse(line).do === "start" ? ${JSON.stringify(started)} : ${JSON.stringify(measured)}));`;
  return {
    name,
    command: process.execPath,
    args: ["--input-type=module", "-e", program],
    environment: () => ({}),
  };
}

const row: Row = {
  id: "row",
  title: "Row",
  ours: "row",
  peer: "row",
  unit: "task",
  bar: 1.5,
  processes: 1,
  perUnit: 4,
  long: false,
};
const how = { pairs: 2, threads: 3, seconds: 0, episodes: "" };
const ours = worker("ours", 7, { milliseconds: [80, 160, 1000], value: 1.5 });
const peer = worker("peer", 7, { milliseconds: [320], value: 2.5 });

const measure = (one: SideProgram, other: SideProgram, more: Partial<Row> = {}, onPair = () => undefined) =>
  measureRow({ ...row, ...more }, { ...how, ours: one, peer: other }, onPair);

describe("measuring a row", () => {
  it("takes medians of the runs a unit, and judges the ratio by its bar", async () => {
    let pairs = 0;
    const report = await measure(ours, peer, {}, () => {
      pairs += 1;
      return undefined;
    });
    expect(pairs).toBe(2);
    // On paper: eight units a run, so 160 / 8 and 320 / 8.
    expect(rowReportSchema.parse(report)).toMatchObject({
      ours_ms: 20,
      peer_ms: 40,
      ratio: 2,
      met: true,
      threads: 3,
      parameters: 7,
      ours_value: 1.5,
      peer_value: 2.5,
      peer: "peer",
      versions: { ours: "1", peer: "1" },
    });
    expect((await measure(ours, peer, { bar: 2.1 })).met).toBe(false);
  });

  it("adds up two processes of one thread", async () => {
    expect(await measure(ours, peer, { processes: 2 })).toMatchObject({
      ours_ms: 10,
      peer_ms: 20,
      threads: 1,
      processes: 2,
    });
  });

  it("refuses models that differ, and losses that are not finite", async () => {
    await expect(measure(ours, worker("peer", 8, {}))).rejects.toThrow();
    const wrong = worker("peer", 8, { milliseconds: [1], value: 1 });
    await expect(measure(ours, wrong)).rejects.toMatchObject({ code: "contract-broken" });
    const diverged = worker("peer", 7, { milliseconds: [1], value: null });
    await expect(measure(ours, diverged)).rejects.toMatchObject({ code: "not-finite" });
  });

  it("repeats the error of a process that ends, not Node's version", async () => {
    const broken: SideProgram = { ...peer, args: ["-e", 'throw new RangeError("too far")'] };
    await expect(measure(ours, broken)).rejects.toMatchObject({
      code: "trial-failed",
      message: expect.stringContaining("RangeError: too far") as string,
    });
  });
});
