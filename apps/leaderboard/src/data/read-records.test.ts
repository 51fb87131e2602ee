import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readRecords } from "./read-records.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "metabench-records-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

describe("readRecords", () => {
  it("finds nothing in folders that are empty or do not exist", () => {
    expect(readRecords([folder, join(folder, "nowhere")].join(delimiter))).toEqual([]);
    expect(readRecords("")).toEqual([]);
  });

  it("leaves work in progress alone", () => {
    write(".work/abc/checkpoint.json", "half a checkp");
    expect(readRecords(folder)).toEqual([]);
  });

  it("names the file of what is no JSON", () => {
    const file = write("torn.json", '{"schemaVersion": 1, "ident');
    expect(() => readRecords(folder)).toThrow(`${file} is not a valid trial record`);
  });

  it("names file, field and reason of what is no record", () => {
    write("odd.json", '{"status": "completed", "schemaVersion": 2}');
    expect(() => readRecords(folder)).toThrow(
      /odd\.json is not a valid trial record: schemaVersion: .*expected 1/,
    );
  });
});
