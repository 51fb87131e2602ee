import { describe, expect, it } from "vitest";
import { digitsFor, duration, fixed, signed, significant } from "./number.ts";

describe("numbers as text", () => {
  it("shows as many digits as the smallest half-width justifies, one to four", () => {
    expect(digitsFor([0.7, 2])).toBe(1);
    expect(digitsFor([0.05, 2])).toBe(2);
    expect(digitsFor([0.00001])).toBe(4);
    expect(digitsFor([0, 0])).toBe(1);
  });

  it("takes an exact oracle's rounding for no uncertainty", () => {
    expect(digitsFor([3e-16, 0.011, 2.5])).toBe(2);
    expect(digitsFor([3e-16])).toBe(4);
  });

  it("sets a real minus, signs gains, and shows no signed zero", () => {
    expect(fixed(-1.25, 1)).toBe("−1.3");
    expect(signed(1.25, 1)).toBe("+1.3");
    expect(signed(-0.04, 1)).toBe("0.0");
  });

  it("keeps three significant digits, of the smallest too", () => {
    expect(significant(1234.5)).toBe("1,230");
    expect(significant(0.01234)).toBe("0.0123");
    expect(significant(0.001234)).toBe("0.00123");
    expect(significant(-0.0002)).toBe("−0.000200");
    expect(significant(0.00002)).toBe("2.00 × 10⁻⁵");
    expect(significant(-1.234e-15)).toBe("−1.23 × 10⁻¹⁵");
    expect(significant(99.96)).toBe("100");
    expect(significant(0)).toBe("0");
  });

  it("says a duration as a reader would", () => {
    expect(duration(12.34)).toBe("12.3 s");
    expect(duration(125)).toBe("2 min 5 s");
    expect(duration(7260)).toBe("2 h 1 min");
    expect(duration(119.7)).toBe("2 min 0 s");
    expect(duration(59.7)).toBe("1 min 0 s");
    expect(duration(3599.8)).toBe("1 h 0 min");
    expect(duration(7199)).toBe("2 h 0 min");
  });
});
