import type { Row } from "@metabench/core";
import { expect, it } from "vitest";
import { trainingColumn } from "./training-column.ts";

const cell = (row: Pick<Row, "training" | "triedSettings">) => trainingColumn.cell(row as Row);

it("stands with the settings tried where they are several, and sorts by the images of per update", () => {
  const training = { on: "episodes", ways: 5, shots: 1, queries: 15, perUpdate: 4 } as const;
  expect(cell({ training, triedSettings: 3 })).toEqual({
    figure: "5-way 1-shot",
    detail: "15 queries, 4 per update",
    words: "3 settings tried",
    // 4 episodes of 5 classes with 1 + 15 images each.
    sort: 320,
  });
  expect(cell({ training: { on: "nothing" }, triedSettings: 1 })).toEqual({
    figure: "nothing",
    sort: 0,
  });
});

it("says of a row without a completed trial that it failed", () => {
  expect(cell({ training: null, triedSettings: null })).toEqual({
    figure: null,
    words: "failed",
    sort: null,
  });
});
