import { scalar, tensor1d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../backend/index.ts";
import { lossesOf } from "./losses-of.ts";

beforeAll(async () => {
  await startBackend({ threads: 1 });
});

describe("what train() returns", () => {
  it("is read by name", () => {
    expect(lossesOf({ loss: scalar(0.5), penalty: tensor1d([2]) })).toEqual({ loss: 0.5, penalty: 2 });
    expect(lossesOf({})).toEqual({});
  });

  it.each<[() => unknown, RegExp]>([
    [() => undefined, /^train\(\) must return its losses by name, such as \{ loss \}, not nothing\.$/],
    [async () => Promise.reject(new Error("late")), /not a promise\.$/],
    [() => scalar(1), /not a tensor \[\]\.$/],
    [() => [scalar(1)], /not an array\.$/],
    [() => 0.5, /not 0\.5\.$/],
    [() => ({ loss: 0.5 }), /^Loss "loss" that train\(\) returned is 0\.5; return a scalar tensor\.$/],
    [() => ({ loss: undefined }), /^Loss "loss" .* is nothing; return a scalar tensor\.$/],
    [() => ({ loss: tensor1d([1, 2]) }), /^Loss "loss" has shape \[2\]; return the mean, a scalar\.$/],
  ])("is refused where it is no record of scalars: %s", (train, says) => {
    const returned = train();
    expect(() => lossesOf(returned)).toThrow(
      expect.objectContaining({ code: "contract-broken", message: expect.stringMatching(says) as string }),
    );
  });
});
