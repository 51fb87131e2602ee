import { startBackend } from "@metabench/harness/backend";
import type { Tensor2D } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { convolution, fanInUniform, glorotUniform, linear, uniform } from "./index.ts";
import { stream } from "./derivatives.test-support.ts";

await startBackend();

describe("initialisers", () => {
  it("round the stream's numbers to float32 once, in row-major order", () => {
    let next = 0;
    const values = uniform<Tensor2D>({ uniform: () => (next += 0.1) }, [2, 2], 0.3).dataSync();
    expect([...values]).toEqual(
      [0.1, 0.2, 0.1 + 0.2, 0.1 + 0.2 + 0.1].map((u) => Math.fround((2 * u - 1) * 0.3)),
    );
  });

  it("stay within their limits: 1/√fanIn, √(6/(fanIn + fanOut))", () => {
    const within = (values: Iterable<number>, limit: number): void => {
      const sizes = [...values].map((value) => Math.abs(value));
      expect(Math.max(...sizes)).toBeLessThanOrEqual(limit);
      expect(Math.max(...sizes)).toBeGreaterThan(0.98 * limit);
    };
    within(fanInUniform<Tensor2D>(stream(1), [30, 40], 100).dataSync(), 0.1);
    within(glorotUniform<Tensor2D>(stream(1), [30, 40], 30, 40).dataSync(), Math.sqrt(6 / 70));
    within(linear.initialise(stream(2), 25, 40).kernel.dataSync(), 0.2);
    within(convolution.initialise(stream(2), 5, 4, 40).kernel.dataSync(), 0.1);
  });
});
