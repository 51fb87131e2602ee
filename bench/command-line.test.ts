import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { matching, number, runCommand, timeLeftLine } from "./command-line.ts";

const run = (...args: readonly string[]) => {
  const seen: unknown[] = [];
  const command = new Command("bench")
    .configureOutput({ writeErr: () => undefined, writeOut: () => undefined })
    .addOption(number("--pairs <n>", "pairs", 5, 1, 10))
    .addOption(number("--time <s>", "seconds", 1, 0.1, 10))
    .action((flags: object) => {
      seen.push(flags);
    });
  return runCommand(command, args).then((status) => ({ status, seen }));
};

describe("flags of the benchmarks", () => {
  it("have defaults, and take numbers within their bounds", async () => {
    expect(await run()).toEqual({ status: 0, seen: [{ pairs: 5, time: 1 }] });
    expect(await run("--pairs", "3", "--time", "0.5")).toEqual({
      status: 0,
      seen: [{ pairs: 3, time: 0.5 }],
    });
  });

  it.each([
    ["--pairs", "0"],
    ["--pairs", "2.5"],
    ["--pairs", "many"],
    ["--pairs", ""],
    ["--time", "NaN"],
    ["--unknown"],
    ["a word"],
  ])("refuse %s %s with status 2", async (...args) => {
    expect(await run(...args)).toEqual({ status: 2, seen: [] });
  });

  it("show help with status 0", async () => {
    expect(await run("--help")).toEqual({ status: 0, seen: [] });
  });
});

describe("--only", () => {
  const names = ["maml/first-order-5", "maml/second-order-5", "lenet/equal"];
  const choose = (pattern?: string) => matching(names, pattern, (name) => name);

  it("chooses by regular expression in any case, and everything where it is not given", () => {
    expect(choose("MAML.*5")).toEqual(names.slice(0, 2));
    expect(choose(undefined)).toEqual(names);
  });

  it("refuses a pattern that is none, and one that chooses nothing, saying what there is", () => {
    expect(() => choose("(")).toThrow("no regular expression");
    expect(() => choose("vit")).toThrow(/lenet\/equal/u);
  });
});

it("tells the time left from the time taken", () => {
  let now = 0;
  const left = timeLeftLine(10, () => now);
  expect(left(0)).toBe("");
  now = 4000;
  expect(left(2)).toBe(", 16 s left");
  now = 400_000;
  expect(left(2)).toBe(", 10 min left");
});
