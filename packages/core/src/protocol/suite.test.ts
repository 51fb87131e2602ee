import { describe, expect, it } from "vitest";
import { isOwnNamespace } from "./namespace.ts";
import { defineSuite } from "./suite.ts";

const nightly = {
  id: "my-lab/nightly",
  tier: "quick",
  title: "What we run at night",
  entries: [
    { protocol: "my-lab/flags/5w1s", algorithms: [{ id: "maml" }, { id: "maml", options: { order: 1 } }] },
  ],
} as const;

describe("defineSuite", () => {
  it("fills in options that were left out", () => {
    expect(defineSuite(nightly)).toEqual({
      ...nightly,
      kind: "suite",
      entries: [
        {
          protocol: "my-lab/flags/5w1s",
          algorithms: [
            { id: "maml", options: {} },
            { id: "maml", options: { order: 1 } },
          ],
        },
      ],
    });
  });

  it.each<[string, object, RegExp]>([
    ["an id with capitals", { id: "My suite" }, /id: lower-case letters/],
    ["a tier that there is not", { tier: "huge" }, /tier: .*quick/],
    ["no entries", { entries: [] }, /entries: a list such as/],
    [
      "algorithms by their names alone",
      { entries: [{ protocol: "a/b", algorithms: ["maml"] }] },
      /algorithms\.0: a plugin by id/,
    ],
    [
      "a protocol twice",
      { entries: [nightly.entries[0], nightly.entries[0]] },
      /entries: each protocol once/,
    ],
  ])("refuses %s, as the plugin's fault", (_, change, says) => {
    expect(() => defineSuite({ ...nightly, ...change })).toThrow(
      expect.objectContaining({ code: "invalid-plugin", message: expect.stringMatching(says) }),
    );
  });
});

it.each([
  ["my-lab/flags/5w1s", true],
  ["my-lab/nightly", true],
  ["nightly", false],
  ["few-shot/flags/5w1s", false],
  ["multi-task/flags", false],
  ["transfer/flags", false],
])("%s lies in a namespace of its own: %s", (id, own) => {
  expect(isOwnNamespace(id)).toBe(own);
});
