import { randomStream } from "@metabench/core";
import { zeros } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { backboneFor, inScope, startNative } from "../learner.test-support.ts";
import conv4 from "./conv4.ts";

beforeAll(startNative);

describe("Conv4", () => {
  // Four poolings of a half, rounded down; every block has the same channels.
  it.each([
    [28, 28, 1 * 1 * 64],
    [32, 32, 2 * 2 * 64],
    [64, 64, 4 * 4 * 64],
    [84, 84, 5 * 5 * 64],
    [28, 84, 1 * 5 * 64],
    [47, 33, 2 * 2 * 64],
  ])("embeds %d×%d images in %d numbers at its default width", (height, width, features) => {
    expect(backboneFor(conv4, [height, width, 3]).features).toBe(features);
    inScope(() => {
      const narrow = backboneFor(conv4, [height, width, 3], { width: 2 });
      const weights = narrow.initialise(randomStream("weights"));
      expect(narrow.apply(weights, zeros([2, height, width, 3])).embedding.shape).toEqual([2, features / 32]);
      const stacked = narrow.stacked?.apply(
        narrow.stacked.repeat(weights, 3),
        zeros([3, 2, height, width, 3]),
      );
      expect(stacked?.embedding.shape).toEqual([3, 2, features / 32]);
    });
  });

  it("refuses images that its poolings would shrink to nothing", () => {
    expect(() => backboneFor(conv4, [28, 15, 1])).toThrow(
      /at least 16×16 pixels, not inputs of shape \[28, 15, 1\]/,
    );
  });
});
