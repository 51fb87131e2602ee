import { describe, expect, it } from "vitest";
import { findProtocol } from "../testing/protocols.ts";
import type { Retested } from "../record/robustness.ts";
import type { TrialRecord } from "../record/trial-record.ts";
import { standingsCsv } from "./csv.ts";
import { compileLeaderboard } from "./compile.ts";
import {
  buildRecord,
  classified,
  good,
  multiTasked,
  only,
  poor,
  type RecordSketch,
} from "./record.test-support.ts";

const noise = "input-noise-0.1";

/** A record whose parameters were tested again. */
function retested(sketch: RecordSketch, variants: readonly Retested[]): TrialRecord {
  return buildRecord({ ...sketch, robustness: variants });
}

const underNoise = (correct: readonly number[]): Retested => ({
  kind: "few-shot-classification",
  variant: noise,
  correct: [...correct],
  metrics: [],
});

describe("a row's robustness", () => {
  it("is empty where nothing was tested again", () => {
    expect(only([buildRecord({ outcome: classified([good]) })]).rows[0]?.robustness).toEqual([]);
  });

  it("is the score under the variant and the paired loss, over seeds and episodes", () => {
    const records = [0, 1].map((seed) =>
      retested({ seed, outcome: classified([good]) }, [underNoise(good.map((right) => right - 6 - seed))]),
    );
    const [row] = only(records).rows;
    expect(row?.robustness).toHaveLength(1);
    expect(row?.robustness[0]).toMatchObject({ id: noise, kind: "input-noise", level: 0.1, reason: null });
    // By hand: good has mean 64.5 of 75; six less in one seed, seven in the other.
    expect(row?.robustness[0]?.score).toMatchObject({
      mean: expect.closeTo(58 / 75, 12),
      seeds: 2,
      items: 4,
    });
    expect(row?.robustness[0]?.drop).toMatchObject({ difference: expect.closeTo(6.5 / 75, 12), seeds: 2 });
  });

  it("is of the seeds that were tested again", () => {
    const records = [
      retested({ seed: 0, outcome: classified([good]) }, [underNoise(poor)]),
      buildRecord({ seed: 1, outcome: classified([good]) }),
    ];
    expect(only(records).rows[0]?.robustness[0]).toMatchObject({
      score: { seeds: 1, basis: "episode noise only" },
      drop: { seeds: 1 },
    });
  });

  it("has no score where a seed broke, and says why", () => {
    const broke: Retested = {
      kind: "failed",
      variant: noise,
      error: { code: "not-finite", message: "Logits are not finite." },
    };
    const records = [
      retested({ seed: 0, outcome: classified([good]) }, [underNoise(poor)]),
      retested({ seed: 1, outcome: classified([good]) }, [broke]),
    ];
    expect(only(records).rows[0]?.robustness).toEqual([
      {
        id: noise,
        kind: "input-noise",
        level: 0.1,
        score: null,
        drop: null,
        reason: "Seed 1: Logits are not finite.",
      },
    ]);
  });

  it("is the mean over tasks in multi-task learning", () => {
    const protocol = findProtocol("multi-task/multi-mnist").at("quick");
    const plain = multiTasked({ left: [1, 1, 1, 1], right: [1, 1, 0, 1] });
    const under = multiTasked({ left: [1, 1, 0, 0], right: [1, 0, 0, 0] });
    if (under.kind !== "multi-task") throw new Error("It is of another kind.");
    const tasks = under.tasks.map(({ id, correct }) => ({ id, correct }));
    const record = retested({ protocol, algorithm: "hard-sharing", outcome: plain }, [
      { kind: "multi-task", variant: noise, tasks, metrics: [] },
    ]);
    expect(only([record]).rows[0]?.robustness[0]).toMatchObject({
      score: { mean: expect.closeTo(3 / 8, 12) },
      drop: { difference: expect.closeTo(4 / 8, 12) },
    });
  });

  it("is refused where it is of another test, or a variant stands twice", () => {
    const short = retested({ outcome: classified([good]) }, [underNoise([1, 2])]);
    expect(() => only([short])).toThrow(expect.objectContaining({ code: "invalid-record" }));
    expect(() => retested({ outcome: classified([good]) }, [underNoise(good), underNoise(good)])).toThrow(
      /twice/,
    );
  });

  it("stands in the CSV, a column a variant", () => {
    const record = retested({ outcome: classified([good]) }, [underNoise(good)]);
    const [head = "", row = ""] = standingsCsv(compileLeaderboard([record])).split("\r\n");
    const at = head.split(",").indexOf("score_input_noise_0_1");
    // The options hold a comma only where there are several; here there are none.
    expect(Number(row.split(",")[at])).toBeCloseTo(64.5 / 75, 12);
  });
});

describe("a row's spread", () => {
  it("splits what single values vary by into seeds, episodes and the rest, as standard deviations", () => {
    // Seeds differ by the same six of 75 in every episode: nothing is left. Episodes: 60, 66, 63, 69 have variance 15.
    const records = [0, 1].map((seed) =>
      buildRecord({ seed, outcome: classified([good.map((right) => right - 6 * seed)]) }),
    );
    const [row] = only(records).rows;
    expect(row?.spread?.seed).toBeCloseTo(Math.sqrt(18) / 75, 12);
    expect(row?.spread?.item).toBeCloseTo(Math.sqrt(15) / 75, 12);
    expect(row?.spread?.residual).toBeCloseTo(0, 12);
  });

  it("is null with one seed, which cannot tell", () => {
    expect(only([buildRecord({ outcome: classified([good]) })]).rows[0]?.spread).toBeNull();
  });
});
