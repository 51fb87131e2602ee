import { expect, it } from "vitest";
import { shortened } from "./shortened.ts";

it("cuts the end of a name that is too long, never its beginning", () => {
  expect(shortened("Prototypical Networks", 21)).toBe("Prototypical Networks");
  expect(shortened("Prototypical Networks", 14)).toBe("Prototypical…");
});
