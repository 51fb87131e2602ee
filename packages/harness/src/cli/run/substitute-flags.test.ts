import { describe, expect, it } from "vitest";
import { substituteOf } from "./substitute-flags.ts";

describe("a substitute", () => {
  it("has the options that the configuration keeps for it, below those of the flags", () => {
    const kept = { "image-folder": { folder: "birds", size: 84 }, other: { folder: "fish" } };
    expect(substituteOf("dataset", "image-folder", { size: 32 }, kept)).toEqual({
      id: "image-folder",
      options: { folder: "birds", size: 32 },
    });
    expect(substituteOf("dataset", "glyphs", undefined, kept)).toEqual({ id: "glyphs", options: {} });
    expect(substituteOf("dataset", "constructor", undefined, kept)?.options).toEqual({});
    expect(substituteOf("dataset", undefined, undefined, kept)).toBeUndefined();
  });

  it.each(["dataset", "backbone"] as const)("is asked for where options of a %s are set alone", (kind) => {
    expect(() => substituteOf(kind, undefined, { size: 32 }, {})).toThrow(
      expect.objectContaining({
        code: "invalid-usage",
        message: expect.stringMatching(`Name it with --${kind}, or leave --${kind}-set out`),
      }),
    );
  });
});
