import { describe, expect, it } from "vitest";
import { asMarkdown, asTable, reportSchema, type Report, type RowReport } from "./report.ts";
import { rows } from "./rows.ts";

const row: RowReport = {
  id: "lenet/pcgrad",
  workload: "MultiMNIST LeNet, batch 256, PCGrad",
  unit: "update",
  threads: 2,
  processes: 1,
  peer: "LibMTL",
  ours_ms: 40,
  peer_ms: 50,
  ratio: 1.25,
  ratio_min: 1.1,
  ratio_max: 1.3,
  bar: 1.2,
  met: true,
  parameters: 27_450,
  ours_value: 4.6,
  peer_value: 4.7,
  versions: { torch: "2.9.1" },
};
const report: Report = {
  schemaVersion: 1,
  date: "2026-01-02T03:04:05.000Z",
  machine: { processor: "A processor", cores: 2, memoryBytes: 2 ** 34, system: "Linux 6", load: 0.1 },
  threads: 2,
  pairs: 5,
  notes: ["learn2learn does not install"],
  rows: [row, { ...row, id: "maml/vmap-1", bar: null, met: null }],
};

describe("the report of a comparison", () => {
  it("passes its own schema after a journey through JSON, and nothing else does", () => {
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    expect(reportSchema.safeParse({ ...report, rows: [{ ...row, ours_value: NaN }] }).success).toBe(false);
    expect(reportSchema.safeParse({ ...report, more: 1 }).success).toBe(false);
  });

  it("shows times, ratio, its spread and the bar, with machine, date, versions and notes", () => {
    const lines = asMarkdown(report).split("\n");
    expect(lines).toContain(
      "| MultiMNIST LeNet, batch 256, PCGrad (ms an update) | LibMTL | 40.0 | 50.0 | 1.25 | 1.10 – 1.30 | 1.2 | yes |",
    );
    expect(lines.at(-1)).toMatch(/\| – \| – \|$/u);
    for (const text of [asMarkdown(report), asTable(report)])
      for (const part of ["A processor", "2026-01-02", "torch 2.9.1", "learn2learn does not install", "1.25"])
        expect(text).toContain(part);
  });
});

describe("the rows of the comparison", () => {
  it("are those that were asked for, in their order, with their bars", () => {
    expect(rows.map(({ id, bar }) => [id, bar])).toEqual([
      ["protonet/5w1s15q", 1.1],
      ["protonet/60w5s5q", 1.5],
      ["maml/second-order-1", 1.3],
      ["maml/second-order-5", 1.3],
      ["maml/first-order-5", 1.2],
      ["lenet/equal", 1],
      ["lenet/pcgrad", 1.2],
      ["two-trials", 1.3],
      ["conv4/forward-600", 1.5],
      ["episodes/meta-test", 5],
      ["episodes/index", 10],
      ["maml/vmap-1", null],
      ["maml/vmap-5", null],
    ]);
  });
});
