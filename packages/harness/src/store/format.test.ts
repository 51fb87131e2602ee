import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatJson } from "./format.ts";

describe("formatJson", () => {
  it("is the same JSON to a parser, whatever the value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(formatJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("keeps numbers on one line, however many, and breaks what is long", () => {
    const many = Array.from({ length: 100 }, (_, at) => at);
    expect(formatJson({ many, rows: [many, many], short: { a: 1, b: [] } }).split("\n")).toEqual([
      "{",
      `  "many": [${many.join(", ")}],`,
      '  "rows": [',
      `    [${many.join(", ")}],`,
      `    [${many.join(", ")}]`,
      "  ],",
      '  "short": { "a": 1, "b": [] }',
      "}",
      "",
    ]);
  });

  it("leaves out what JSON leaves out", () => {
    expect(formatJson({ a: undefined, b: null })).toBe('{ "b": null }\n');
  });
});
