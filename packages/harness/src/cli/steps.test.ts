import { createColors } from "picocolors";
import { describe, expect, it, vi } from "vitest";
import { showSteps, stepLines } from "./steps.ts";

const state = { what: "Explaining", total: 8, finished: 2, current: "MAML", seconds: 60 };

describe("progress of a command's steps", () => {
  // Arithmetic on paper: two of eight took 60 s, so six take 180 s.
  it("tells how many are done and how long the others take", () => {
    expect(stepLines(state)).toEqual(["Explaining: 2 of 8 done, about 3 min left (MAML)"]);
    expect(stepLines({ ...state, finished: 0, current: "" })).toEqual([
      "Explaining: 0 of 8 done, 60 s so far",
    ]);
    expect(stepLines({ ...state, total: 1, finished: 0 })).toEqual(["Explaining: 60 s so far (MAML)"]);
  });

  it("says nothing where a command ends at once", () => {
    expect(stepLines({ ...state, seconds: 1 })).toEqual([]);
  });

  it("goes to notes only, now and then, where nobody watches", () => {
    vi.useFakeTimers();
    try {
      const written = { out: [] as string[], note: [] as string[] };
      const steps = showSteps("Preparing", 2, {
        out: (text) => void written.out.push(text),
        note: (text) => void written.note.push(text),
        interactive: false,
        colours: createColors(false),
      });
      steps.at("omniglot");
      vi.advanceTimersByTime(60_000);
      steps.done();
      steps.terminal.out("omniglot is ready");
      vi.advanceTimersByTime(60_000);
      steps.stop();
      const lines = written.note.length;
      vi.advanceTimersByTime(600_000);
      expect(written.out).toEqual(["omniglot is ready"]);
      expect(written.note[0]).toMatch(/^Preparing: 0 of 2 done, .* so far \(omniglot\)$/);
      expect(written.note.at(-1)).toMatch(/^Preparing: 1 of 2 done, about .* left$/);
      expect(written.note.length).toBe(lines);
      expect(lines).toBeLessThan(8);
    } finally {
      vi.useRealTimers();
    }
  });
});
