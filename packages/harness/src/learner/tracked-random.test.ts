import { randomStream } from "@metabench/core";
import { expect, it } from "vitest";
import { trackedRandom } from "./tracked-random.ts";

const draw = (stream: { uint32(): number }, count = 3) =>
  Array.from({ length: count }, () => stream.uint32());

it("draws what the stream of its path draws, forks too", () => {
  const { random } = trackedRandom("a/path");
  expect(draw(random)).toEqual(draw(randomStream("a/path")));
  expect(draw(random.fork("x").fork("y"))).toEqual(draw(randomStream("a/path/x/y")));
});

it("brings every stream back to where it stood, also two of one name and forks of forks", () => {
  const make = () => {
    const tracked = trackedRandom("a/path");
    const streams = [
      tracked.random,
      tracked.random.fork("x"),
      tracked.random.fork("x"),
      tracked.random.fork("x").fork("y"),
    ];
    tracked.seal();
    return { tracked, streams };
  };
  const first = make();
  for (const [at, stream] of first.streams.entries()) draw(stream, at + 1);
  // As a checkpoint keeps it.
  const states = JSON.parse(JSON.stringify(first.tracked.states())) as ReturnType<
    typeof first.tracked.states
  >;
  const second = make();
  second.tracked.restore(states);
  expect(second.streams.map((stream) => draw(stream))).toEqual(first.streams.map((stream) => draw(stream)));
});

it("does not grow with forks made after it was sealed", () => {
  const { random, seal, states } = trackedRandom("a/path");
  const kept = random.fork("kept");
  seal();
  for (let update = 0; update < 5; update += 1) kept.fork("passing").fork("too");
  expect(Object.keys(states())).toEqual(["a/path", "a/path/kept"]);
});
