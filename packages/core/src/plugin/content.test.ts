import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { contentHash, describeContent } from "./content.ts";
import type { ClassifiedImages } from "./dataset.ts";

const split = (name: string) => ({
  images: Uint8Array.of(1, 2, 3, 4),
  labels: Uint16Array.of(0, 0x0100),
  classNames: [name],
});
const images = (): ClassifiedImages => ({
  kind: "classified-images",
  image: [1, 2, 1],
  normalisation: { mean: [0], deviation: [1] },
  splits: { train: split("a"), validation: split("b"), test: split("c") },
});

describe("contentHash", () => {
  it("is SHA-256 of the content's JSON, in which SHA-256 of the bytes stand for the arrays", () => {
    const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");
    const described = (name: string) =>
      `{"examples":2,"classNames":["${name}"],` +
      `"images":{"bytes":4,"sha256":"${sha256(Uint8Array.of(1, 2, 3, 4))}"},` +
      `"labels":{"bytes":4,"sha256":"${sha256(Uint8Array.of(0, 0, 0, 1))}"}}`;
    const json =
      `{"kind":"classified-images","image":[1,2,1],"normalisation":{"mean":[0],"deviation":[1]},` +
      `"splits":{"train":${described("a")},"validation":${described("b")},"test":${described("c")}}}`;
    expect(contentHash(describeContent(images()))).toBe(sha256(json));
    expect(contentHash(describeContent(images(), sha256), sha256)).toBe(sha256(json));
  });

  it("does not depend on the order of fields in a stored description", () => {
    const content = describeContent(images());
    const reversed = Object.fromEntries(Object.entries(content).reverse()) as typeof content;
    expect(contentHash(reversed)).toBe(contentHash(content));
  });

  it("changes with a pixel, a label, a class name, the shape and the normalisation", () => {
    const { splits, ...rest } = images();
    const variants: ClassifiedImages[] = [
      images(),
      { ...rest, splits: { ...splits, test: { ...splits.test, images: Uint8Array.of(1, 2, 3, 5) } } },
      { ...rest, splits: { ...splits, test: { ...splits.test, labels: Uint16Array.of(0, 1) } } },
      { ...rest, splits: { ...splits, test: { ...splits.test, classNames: ["d"] } } },
      { ...rest, splits, image: [2, 1, 1] },
      { ...rest, splits, normalisation: { mean: [0.1], deviation: [1] } },
    ];
    expect(new Set(variants.map((data) => contentHash(describeContent(data)))).size).toBe(variants.length);
  });
});
