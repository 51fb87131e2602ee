import { describe, expect, it } from "vitest";
import { leadersOf } from "./leaders.ts";
import { rowOf, scored } from "./table.test-support.ts";

const leading = (label: string, seeds: number) =>
  rowOf(label, { label, score: scored(0.9, seeds), place: { rank: 1, low: 1, high: 3, group: 1 } });
const behind = rowOf("behind", { score: scored(0.1), place: { rank: 3, low: 3, high: 3, group: 2 } });

describe("leadersOf", () => {
  it("keeps apart names that hold commas", () => {
    const rows = [leading("Alone", 3), leading("Sharing, PCGrad", 3), leading("Sharing, equal", 3), behind];
    expect(leadersOf({ rows })).toBe("Alone; Sharing, PCGrad; and Sharing, equal are tied.");
    expect(leadersOf({ rows: [leading("A", 3), leading("B", 3), behind] })).toBe("A and B are tied.");
    expect(leadersOf({ rows: [leading("A, b", 3), behind] })).toBe("A, b leads.");
  });

  it("says of how many that lead there is one seed, not of the first alone", () => {
    expect(leadersOf({ rows: [leading("A", 3), leading("B", 1), behind] })).toBe(
      "A and B are tied (1 of them with one seed: episode noise only).",
    );
    expect(leadersOf({ rows: [leading("A", 1), leading("B", 1), behind] })).toBe(
      "A and B are tied (one seed: episode noise only).",
    );
  });
});
