import { expect, it } from "vitest";
import { z } from "zod";
import colours from "picocolors";
import { describeFailure } from "./failure.ts";
import { printJson } from "./json/print.ts";
import { forTerminal, type Terminal } from "./terminal.ts";

const [escape, override] = ["\u001B", "\u202E"];

it("keeps colours and lines, and writes out what would steer the terminal", () => {
  const { bold, red } = colours.createColors(true);
  const own = `${bold("a")}\n\t${red("b")}`;
  expect(forTerminal(own)).toBe(own);
  expect(forTerminal(`${own}${escape}[2J${escape}]0;title\u0007${override}\r`)).toBe(
    `${own}\\u{001b}[2J\\u{001b}]0;title\\u{0007}\\u{202e}\\u{000d}`,
  );
});

it("writes out what an error says, colours too", () => {
  expect(describeFailure(new Error(`${escape}[31m${override}`), false)).toContain("\\u{001b}[31m\\u{202e}");
});

it("prints JSON in its own escapes, which mean the same", () => {
  const printed: string[] = [];
  const terminal: Terminal = {
    out: (text) => void printed.push(text),
    note: () => undefined,
    interactive: false,
    colours,
  };
  const value = { path: `a${override}b \\u{202e} ${escape}` };
  printJson(terminal, z.object({ path: z.string() }), value);
  expect(printed[0]).toContain("a\\u202eb");
  expect(forTerminal(printed[0] ?? "")).toBe(printed[0]);
  expect(JSON.parse(printed[0] ?? "")).toEqual(value);
});
