import { describe, expect, it } from "vitest";
import { positiveInteger, positiveNumber, seeds, timeLimit } from "./numbers.ts";
import { setting } from "./settings.ts";
import { trainingSetting } from "./training.ts";

describe("flags", () => {
  it("take numbers and refuse all that only looks like one", () => {
    expect(positiveInteger("12")).toBe(12);
    expect(positiveNumber("0.5")).toBe(0.5);
    for (const text of ["", " ", "0", "-1", "1.5", "1e3", "0x10", "Infinity", "nan", "12 "])
      expect(() => positiveInteger(text)).toThrow(/whole number/);
    for (const text of ["", " ", "0", "-1", "Infinity", "many"])
      expect(() => positiveNumber(text)).toThrow(/above 0/);
  });

  it("take time limits that a timer can keep", () => {
    expect(timeLimit(60)("35791")).toBe(35_791);
    expect(() => timeLimit(60)("35792")).toThrow(/at most 35791/);
    expect(() => timeLimit(1)("2147484")).toThrow(/at most 2147483/);
  });

  it("take seeds, each once", () => {
    expect(seeds("0,1, 2")).toEqual([0, 1, 2]);
    for (const text of ["", "1,", "1;2", "-1", "1.5"]) expect(() => seeds(text)).toThrow(/whole numbers/);
    expect(() => seeds("1,1")).toThrow(/once/);
  });

  it("take options as JSON where it is JSON, and reach into objects", () => {
    const all = [
      "order=1",
      "rate=0.4",
      "name=adam",
      "nested.deep=true",
      "nested.list=[1,2]",
      "empty=",
      "equation=a=b",
    ];
    expect(all.reduce<ReturnType<typeof setting>>((earlier, text) => setting(text, earlier), {})).toEqual({
      order: 1,
      rate: 0.4,
      name: "adam",
      nested: { deep: true, list: [1, 2] },
      empty: "",
      equation: "a=b",
    });
    expect(() => setting("order")).toThrow(/option=value/);
    expect(() => setting("=1")).toThrow(/option=value/);
  });

  it("take training options in either spelling, lists with commas, the last of one name", () => {
    const all = [
      "clip-norm=2",
      "clipNorm=0.5",
      "schedule=cosine",
      "augmentation=flip,crop",
      "early-stopping=3",
    ];
    const given = all.reduce<ReturnType<typeof setting>>(
      (earlier, text) => trainingSetting(text, earlier),
      {},
    );
    expect(given).toEqual({
      clipNorm: 0.5,
      schedule: "cosine",
      augmentation: ["flip", "crop"],
      earlyStopping: 3,
    });
    expect(trainingSetting('augmentation=["flip"]')).toEqual({ augmentation: ["flip"] });
    expect(() => trainingSetting("mixup")).toThrow(/option=value/);
  });
});
