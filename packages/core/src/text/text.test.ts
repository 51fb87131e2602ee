import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPlainJson, parseJson, printable, printableJson, unprintablePath } from "./index.ts";

describe("JSON", () => {
  it("without duplicate keys means what JSON.parse says", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
        const value: unknown = JSON.parse(text);
        expect(parseJson(JSON.stringify(value, null, indent))).toEqual(value);
      }),
    );
  });

  it.each([
    ['{"a": 1, "a": 1}', "a", 1],
    ['{"b": [{"a": 1,\n "x": {"a": 2}, "a": {}}]}', "a", 2],
    ['{"a": 1, "\\u0061": 2}', "a", 1],
    ['[{"": 1}, {"": 1, "" : 2}]', "", 1],
    ['{"a{\\"": ":", "b": "}", "a{\\"": 1}', 'a{"', 1],
  ])("with a key twice is refused: %s", (text, key, line) => {
    expect(() => parseJson(text)).toThrow(
      `the key "${key}" stands twice in one object, at line ${String(line)}`,
    );
  });

  it("may have a key in several objects, and in a string", () => {
    expect(parseJson('[{"a": "a\\": 1, "}, {"a": {"a": ["a", "a"]}}]')).toHaveLength(2);
  });
});

describe("a text for print", () => {
  const bad = ["\u001B", "\u0000", "\u0085", "\u202E", "\u2066", "\u200F", "\u061C", "\u2028", "\uD800"];

  it.each(bad)("writes %j out, in values and in keys", (character) => {
    const code = `\\u{${character.charCodeAt(0).toString(16).padStart(4, "0")}}`;
    expect(printable(`a${character}b`)).toBe(`a${code}b`);
    expect(printableJson({ [`k${character}`]: [`v${character}`, 1, null] })).toEqual({
      [`k${code}`]: [`v${code}`, 1, null],
    });
    expect(unprintablePath({ x: ["", `v${character}`] })).toEqual({ path: ["x", "1"], character: code });
  });

  it("keeps what people write, and lines where there may be some", () => {
    const text = "Ünïcode, 日本語, עברית, 🎉, a\u200Db";
    expect(printable(text)).toBe(text);
    expect(printable("a\n\tb", { lines: true })).toBe("a\n\tb");
    expect(printable("a\nb")).toBe("a\\u{000a}b");
  });

  it("is told quickly from JSON text, never wrongly plain", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.constantFrom(...bad, "x"), (text, more) => {
        const json = JSON.stringify({ text: text + more });
        if (isPlainJson(json)) expect(unprintablePath(JSON.parse(json))).toBeNull();
      }),
    );
    expect(isPlainJson('{\n  "a": "plain"\n}')).toBe(true);
    expect(isPlainJson('{"a": "\\u001b"}')).toBe(false);
  });
});
