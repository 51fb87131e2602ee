import { describe, expect, it } from "vitest";
import type { Row } from "@metabench/core";
import { rowNames } from "./row-names.ts";
import { rowOf } from "./table.test-support.ts";

function variant(id: string, algorithm: Partial<Row["algorithm"]>, more: Partial<Row> = {}): Row {
  const row = rowOf(id, { label: "MAML", ...more });
  return { ...row, algorithm: { ...row.algorithm, id: "maml", ...algorithm } };
}
const names = (...rows: readonly Row[]) => [...rowNames(rows).values()];

describe("rowNames", () => {
  it("are the labels where these differ", () => {
    expect(names(rowOf("a", { label: "MAML" }), rowOf("b", { label: "Reptile" }))).toEqual([
      "MAML",
      "Reptile",
    ]);
  });

  it("name what sets rows of one label apart: options that differ, training, version", () => {
    expect(
      names(
        variant("a", { options: { rate: 0.1, steps: 5 } }),
        variant("b", { options: { rate: 0.4, steps: 5 } }),
      ),
    ).toEqual(["MAML (rate 0.1)", "MAML (rate 0.4)"]);
    expect(names(variant("a", {}), variant("b", { version: "2.0.0" }))).toEqual([
      "MAML (version 1.0.0)",
      "MAML (version 2.0.0)",
    ]);
    const [plain, clipped] = names(variant("a", {}), variant("b", {}, { trainingOptions: { clipNorm: 1 } }));
    expect(plain).toBe("MAML");
    expect(clipped).toMatch(/^MAML \(.*1\)$/);
  });

  it("are told apart by id where algorithms have one title", () => {
    expect(names(variant("a", { id: "maml" }), variant("b", { id: "my-maml" }))).toEqual([
      "MAML (maml)",
      "MAML (my-maml)",
    ]);
  });

  it("end in the row's hash where nothing that has a name differs", () => {
    expect(names(variant("maml-0123abcd", {}), variant("maml-4567cdef", {}))).toEqual([
      "MAML (0123abcd)",
      "MAML (4567cdef)",
    ]);
  });
});
