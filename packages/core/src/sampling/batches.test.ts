import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BatchState } from "./batches.ts";
import { epochBatches } from "./batches.ts";
import { randomStream } from "./random.ts";

const sizes = fc.record({ n: fc.integer({ min: 1, max: 60 }), batchSize: fc.integer({ min: 1, max: 80 }) });

describe("epochBatches", () => {
  it("draws every example once an epoch, in full batches without a gap", () => {
    fc.assert(
      fc.property(sizes, ({ n, batchSize }) => {
        const batches = epochBatches(n, batchSize, randomStream("a"));
        const drawn = Array.from({ length: n }, () => Array.from(batches.draw())).flat();
        expect(drawn).toHaveLength(n * batchSize);
        const all = Array.from({ length: n }, (_, i) => i);
        for (let epoch = 0; epoch < batchSize; epoch += 1)
          expect(drawn.slice(epoch * n, (epoch + 1) * n).sort((a, b) => a - b)).toEqual(all);
      }),
    );
  });

  it("shuffles every epoch anew", () => {
    const batches = epochBatches(100, 100, randomStream("a"));
    expect(batches.draw()).not.toEqual(batches.draw());
  });

  it("goes on exactly where a stored state was taken", () => {
    fc.assert(
      fc.property(sizes, fc.nat(20), ({ n, batchSize }, drawn) => {
        const batches = epochBatches(n, batchSize, randomStream("a"));
        for (let i = 0; i < drawn; i += 1) batches.draw();
        const state: BatchState = JSON.parse(JSON.stringify(batches.state()));
        const expected = [batches.draw(), batches.draw(), batches.draw()];
        const resumed = epochBatches(n, batchSize, randomStream("b"));
        resumed.restore(state);
        expect(resumed.state()).toEqual(state);
        expect([resumed.draw(), resumed.draw(), resumed.draw()]).toEqual(expected);
      }),
    );
  });

  it("refuses what cannot be batches", () => {
    expect(() => epochBatches(0, 4, randomStream("a"))).toThrow(/0 examples;/);
    expect(() => epochBatches(4, 1.5, randomStream("a"))).toThrow(/1.5 examples a batch;/);
    const state = epochBatches(10, 4, randomStream("a")).state();
    expect(() => epochBatches(5, 4, randomStream("a")).restore({ ...state, position: 8 })).toThrow(
      /position 8/,
    );
  });
});
