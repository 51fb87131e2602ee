import { createHash } from "node:crypto";
import type { FewShotRegressionProtocol } from "@metabench/core";
import { findProtocol } from "@metabench/datasets";
import { expect, it } from "vitest";
import { frozenFunctions, functionsHash } from "./function-episodes.ts";

const protocol = findProtocol("few-shot/sinusoid/5-shot").at("quick") as FewShotRegressionProtocol;
const family = {
  kind: "function-family" as const,
  inputs: 2,
  outputs: 2,
  draw: (random: { uniform(): number }) => {
    const scale = random.uniform();
    return ([x = 0, y = 0]: readonly number[]) => [scale * x, scale + y];
  },
  input: (random: { uniform(): number }) => [random.uniform(), random.uniform()],
  grid: (points: number) => Array.from({ length: points }, (_, at) => [at, -at]),
};

it("a shorter list of functions is a prefix of a longer one, and splits share nothing", () => {
  const long = frozenFunctions(family, protocol, "test", 5);
  expect(frozenFunctions(family, protocol, "test", 2)).toEqual(long.slice(0, 2));
  const inputs = [...long, ...frozenFunctions(family, protocol, "validation", 5)].map((one) => one.inputs[0]);
  expect(new Set(inputs).size).toBe(10);
});

it("points are row by row, targets and answers of one function", () => {
  const [episode] = frozenFunctions(family, protocol, "test", 1);
  if (!episode) throw new Error("There is none.");
  expect(episode.inputs).toHaveLength(5 * 2);
  const scale = (episode.targets[0] ?? NaN) / (episode.inputs[0] ?? NaN);
  for (let shot = 0; shot < 5; shot += 1) {
    expect(episode.targets[2 * shot]).toBeCloseTo(scale * (episode.inputs[2 * shot] ?? NaN), 5);
    expect(episode.targets[2 * shot + 1]).toBeCloseTo(scale + (episode.inputs[2 * shot + 1] ?? NaN), 5);
  }
  expect([...episode.query.subarray(0, 6)]).toEqual([0, -0, 1, -1, 2, -2]);
  expect(episode.answers[4]).toBeCloseTo(2 * scale, 5);
  expect(episode.answers[5]).toBeCloseTo(scale - 2, 5);
});

it("the hash is SHA-256 of all numbers as little-endian float32", () => {
  const of = (...values: number[]) => Float32Array.from(values);
  const episodes = [
    { inputs: of(1), targets: of(2), query: of(3, 4), answers: of(5, 6) },
    { inputs: of(-1), targets: of(0.1), query: of(3, 4), answers: of(7, 8) },
  ];
  const bytes = Buffer.alloc(4 * 12);
  for (const [at, value] of [1, 2, 3, 4, 5, 6, -1, 0.1, 3, 4, 7, 8].entries())
    bytes.writeFloatLE(value, 4 * at);
  expect(functionsHash(episodes)).toBe(createHash("sha256").update(bytes).digest("hex"));
});
