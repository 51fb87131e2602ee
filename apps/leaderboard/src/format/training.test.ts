import { expect, it } from "vitest";
import { trainedOn } from "./training.ts";

it("says of episodes ways, shots, queries of a class and how many make per update", () => {
  expect(trainedOn({ on: "episodes", ways: 5, shots: 1, queries: 5, perUpdate: 4 })).toEqual([
    "5-way 1-shot",
    "5 queries, 4 per update",
  ]);
  expect(trainedOn({ on: "episodes", ways: 60, shots: 1, queries: 1, perUpdate: 1 })[1]).toBe(
    "1 query, 1 per update",
  );
});

it("says the like of functions, labelled images and nothing", () => {
  expect(trainedOn({ on: "functions", shots: 10, perUpdate: 25 })).toEqual([
    "10-shot functions",
    "25 per update",
  ]);
  expect(trainedOn({ on: "labelled-images", batchSize: 64 })).toEqual(["batches of 64 images"]);
  expect(trainedOn({ on: "nothing" })).toEqual(["nothing"]);
});
