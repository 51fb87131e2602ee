import { describe, expect, it } from "vitest";
import { operationClock } from "./operation-clock.ts";

/** A clock that is wound by hand, so that every number below is arithmetic on paper. */
function wound() {
  let now = 100;
  const clock = operationClock(() => now);
  return {
    clock,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

describe("a clock of operations", () => {
  it("adds up calls and time by operation, the longest first, and leaves the rest of the time to nobody", () => {
    const { clock, pass } = wound();
    for (const took of [1, 2]) clock.time("Relu", () => pass(took));
    pass(10);
    clock.time("Conv2D", () => pass(5));
    expect(clock.lap()).toEqual({
      milliseconds: 18,
      operations: [
        { operation: "Conv2D", calls: 1, milliseconds: 5 },
        { operation: "Relu", calls: 2, milliseconds: 3 },
      ],
    });
  });

  it("counts an operation inside another once, as its own", () => {
    const { clock, pass } = wound();
    clock.time("outer", () => {
      pass(1);
      clock.time("inner", () => {
        pass(2);
        clock.time("innermost", () => pass(4));
      });
      clock.time("inner", () => pass(8));
      pass(16);
    });
    clock.time("outer", () => pass(32));
    expect(clock.lap()).toEqual({
      milliseconds: 63,
      operations: [
        { operation: "outer", calls: 2, milliseconds: 49 },
        { operation: "inner", calls: 2, milliseconds: 10 },
        { operation: "innermost", calls: 1, milliseconds: 4 },
      ],
    });
  });

  it("begins anew with every lap", () => {
    const { clock, pass } = wound();
    clock.time("Relu", () => pass(1));
    clock.lap();
    pass(3);
    expect(clock.lap()).toEqual({ milliseconds: 3, operations: [] });
  });

  it("returns what the operation returned, and counts one that failed", () => {
    const { clock, pass } = wound();
    expect(clock.time("Relu", () => 7)).toBe(7);
    const fail = () => {
      pass(2);
      throw new RangeError("It does not fit.");
    };
    expect(() => clock.time("Conv2D", fail)).toThrow("It does not fit.");
    expect(clock.lap().operations).toEqual([
      { operation: "Conv2D", calls: 1, milliseconds: 2 },
      { operation: "Relu", calls: 1, milliseconds: 0 },
    ]);
  });
});
