import { memory, tensor2d } from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { startBackend } from "../backend/index.ts";
import { embeddedImages } from "./embedded-images.ts";
import { inScope } from "./scope.ts";

beforeAll(async () => {
  await startBackend({ threads: 1 });
});

/** Embeds a position p as (p, 2p), and notes what it was asked for. */
function recorded() {
  const batches: number[][] = [];
  const encode = (positions: Uint32Array) => {
    batches.push([...positions]);
    return tensor2d(
      [...positions].map((position) => [position, 2 * position]),
      [positions.length, 2],
    );
  };
  return { batches, encode };
}

it("embeds every image once, and gives each position its own", () => {
  const some = fc.uniqueArray(fc.nat({ max: 5000 }), { minLength: 1, maxLength: 450 });
  fc.assert(
    fc.property(some, fc.array(fc.nat(), { minLength: 1, maxLength: 20 }), (positions, picks) => {
      const { batches, encode } = recorded();
      const images = embeddedImages(encode, Uint32Array.from(positions));
      const asked = picks.map((pick) => positions[pick % positions.length] ?? 0);
      inScope(() => {
        expect([...images.at(Uint32Array.from(asked)).dataSync()]).toEqual(
          asked.flatMap((position) => [position, 2 * position]),
        );
      });
      images.release();
      expect(batches.flat()).toEqual(positions);
      expect(Math.max(...batches.map(({ length }) => length))).toBeLessThanOrEqual(200);
    }),
    { numRuns: 50 },
  );
});

it("keeps the embeddings until they are released, and nothing else", () => {
  const before = memory().numTensors;
  const images = embeddedImages(
    recorded().encode,
    Uint32Array.from({ length: 300 }, (_, at) => at),
  );
  expect(memory().numTensors).toBe(before + 1);
  images.release();
  expect(memory().numTensors).toBe(before);
});
