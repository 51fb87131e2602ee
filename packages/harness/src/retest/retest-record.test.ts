import { checkRecord, type Retested } from "@metabench/core";
import { describe, expect, it } from "vitest";
import { completedRecord } from "../store/record.test-support.ts";
import { checkAnswers, withShortTest } from "./plain-test.ts";
import { missingVariants, withRetested } from "./retest-record.ts";

const backend = {
  backend: "wasm",
  device: "cpu",
  deviceName: "A processor",
  library: "4.22.0",
  threads: 1,
  kernels: [],
} as const;
const checkout = { commit: null, dirty: null };

const tested = (variant: Retested["variant"], right = 5): Retested => ({
  kind: "few-shot-classification",
  variant,
  correct: Array.from({ length: 30 }, () => right),
  metrics: [],
});

describe("a record that is tested again", () => {
  it("takes outcomes in the order of the variants, one each, and stays the same trial", () => {
    const plain = completedRecord(8);
    const once = withRetested(plain, tested("wrong-labels-0.1"), checkout, backend);
    const twice = withRetested(once, tested("input-noise-0.4"), checkout, backend);
    const again = withRetested(twice, tested("input-noise-0.4", 3), checkout, backend);
    expect(again.robustness?.variants.map(({ variant }) => variant)).toEqual([
      "input-noise-0.4",
      "wrong-labels-0.1",
    ]);
    expect(again.robustness?.variants[0]).toEqual(tested("input-noise-0.4", 3));
    expect(again.provenance.retest).toMatchObject({ backend: { name: "wasm" }, commit: null });
    expect({ ...again, robustness: null, provenance: null }).toEqual({
      ...plain,
      robustness: null,
      provenance: null,
    });
    expect(checkRecord(JSON.parse(JSON.stringify(again)), "a record")).toEqual(again);
  });

  it("lacks what was not tested; all of it where it is to be tested anew", () => {
    const some = withRetested(completedRecord(8), tested("input-noise-0.2"), checkout, backend);
    expect(missingVariants(some, false)).toHaveLength(5);
    expect(missingVariants(some, true)).toHaveLength(6);
  });

  it("is refused with an unknown variant or another version", () => {
    const some = withRetested(completedRecord(8), tested("input-noise-0.2"), checkout, backend);
    const spoilt = (robustness: unknown) => () => checkRecord({ ...some, robustness }, "spoilt.json");
    expect(spoilt({ ...some.robustness, version: 2 })).toThrow(/spoilt\.json.*robustness/);
    expect(spoilt({ version: 1, variants: [{ ...tested("input-noise-0.2"), variant: "fog" }] })).toThrow(
      /variant/,
    );
  });
});

describe("the plain test", () => {
  const scored = (right: number) => {
    const { result } = completedRecord(right);
    if (result.kind !== "few-shot-classification") throw new Error("It is of another kind.");
    const correct = [(result.correct[1] ?? []).slice(0, 20)];
    return { result: { ...result, steps: [5], correct }, metrics: [] };
  };

  it("is the first episodes of the long one", () => {
    expect(withShortTest(completedRecord(8).spec).protocol).toMatchObject({ testEpisodes: 20 });
  });

  it("lets parameters pass that answer as the record says, and no others", () => {
    expect(() => {
      checkAnswers(completedRecord(8), scored(8));
    }).not.toThrow();
    expect(() => {
      checkAnswers(completedRecord(8), scored(7));
    }).toThrow(/70\.0 % right, not 80\.0 %.*--force/);
  });
});
