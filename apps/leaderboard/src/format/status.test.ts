import { expect, it } from "vitest";
import { failedInWords } from "./status.ts";

it("says how a trial failed, and of one that just did no more than that", () => {
  expect(failedInWords("timed-out")).toBe("Failed: timed out.");
  expect(failedInWords("failed")).toBe("Failed.");
});
