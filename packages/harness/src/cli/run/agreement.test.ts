import { describe, expect, it } from "vitest";
import type { PlannedTrial } from "../../execute/index.ts";
import { failedRecord } from "../../store/record.test-support.ts";
import { agrees, questionBefore } from "./agreement.ts";

const trial = (estimateSeconds: number): PlannedTrial => ({
  identity: String(estimateSeconds),
  spec: failedRecord(0).spec,
  label: "A trial",
  state: "new",
  addedAsReference: false,
  axes: {},
  estimateSeconds,
  estimateBasis: "default",
  otherCode: [],
});
const hours = (count: number) => ({ trials: [trial(count * 3600)] });
const watched = { yes: false, terminal: true, timeLimitSeconds: null };
const unwatched = { ...watched, terminal: false };

describe("the question before a run", () => {
  it("is for runs of more than half an hour, in a terminal", () => {
    expect(questionBefore(hours(0.5), 1, watched)).toBeNull();
    expect(questionBefore(hours(2), 1, watched)).toMatchObject({ text: expect.stringContaining("2 h") });
    expect(questionBefore(hours(2), 1, unwatched)).toBeNull();
    expect(questionBefore(hours(2), 1, { ...watched, yes: true })).toBeNull();
  });

  it("needs a yes for a plan beyond reason, and such a plan is refused where nobody can answer", () => {
    const plan = hours(555_555);
    const question = questionBefore(plan, 1, watched);
    expect(question?.agreesByDefault).toBe(false);
    expect(() => questionBefore(plan, 1, unwatched)).toThrow(
      expect.objectContaining({
        code: "invalid-usage",
        message: expect.stringMatching(/about 555555 h.*--yes/),
      }),
    );
    expect(questionBefore(plan, 1, { ...unwatched, yes: true })).toBeNull();
  });

  it("counts a trial as no longer than its time limit", () => {
    expect(questionBefore(hours(555_555), 1, { ...unwatched, timeLimitSeconds: 3600 })).toBeNull();
  });
});

describe("an answer", () => {
  it.each([
    ["", true, true],
    ["no", true, false],
    ["", false, false],
    ["y", false, true],
    ["Yes", false, true],
    ["555", false, false],
  ])("%j where silence means %j is %j", (answer, agreesByDefault, means) => {
    expect(agrees(answer, { text: "", agreesByDefault })).toBe(means);
  });
});
