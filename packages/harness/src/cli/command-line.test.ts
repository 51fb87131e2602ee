import { createColors } from "picocolors";
import { describe, expect, it } from "vitest";
import { runCommandLine } from "./command-line.ts";

async function commandLine(args: readonly string[]) {
  const out: string[] = [];
  const note: string[] = [];
  const terminal = {
    out: (text: string) => void out.push(text),
    note: (text: string) => void note.push(text),
    interactive: false,
    colours: createColors(false),
  };
  const code = await runCommandLine(args, terminal, false);
  return { code, out: out.join("\n"), note: note.join("\n") };
}

describe("bad flags", () => {
  it.each<[string, RegExp]>([
    [
      "run --jobs 0",
      /'--jobs <number>' argument '0' is invalid\. Give a whole number.*metabench run --help/s,
    ],
    ["run --seeds 0,a", /"a" is not one/],
    ["run --tier huge", /'huge' is invalid\. Allowed choices are quick, standard, full/],
    ["run --tier quik", /Did you mean quick\?/],
    ["run --backend nativ", /Did you mean native\?/],
    ["run --algoritm=maml", /unknown option '--algoritm=maml'\. Did you mean --algorithm\?/],
    ["run --dry-run --profile", /cannot be used with/],
    ["list datasets --pluggin a", /Did you mean --plugin\?/],
    ["run --backend gpu", /Allowed choices are auto, native, wasm/],
    ["run --set innerRate", /option=value/],
    ["run --memory-limit much", /above 0/],
    ["run --store", /'--store <folder>' argument missing/],
    ["run --store  --dry-run", /'--store <folder>' argument '' is invalid\. Name a folder/],
    ["retest --store ", /'--store <folder>' argument '' is invalid\. Name a folder/],
    ["show --store ", /'--store <folder>' argument '' is invalid\. Name a folder/],
    ["publish --out ", /'--out <folder>' argument '' is invalid\. Name a folder/],
    ["prepare omniglot --data ", /'--data <folder>' argument '' is invalid\. Name a folder/],
    ["doctor --data ", /'--data <folder>' argument '' is invalid\. Name a folder/],
    ["run quick", /too many arguments/],
    ["list", /metabench list algorithms/],
    ["list algoritms", /Did you mean algorithms\?.*metabench list --help/s],
    ["rum", /Did you mean run\?/],
    ["prepare", /missing required argument 'dataset'/],
  ])("`metabench %s` ends in 2 and says what to do", async (args, says) => {
    const { code, out, note } = await commandLine(args.split(" "));
    expect(note).toMatch(says);
    if (args !== "list") expect(note).toMatch(/^error \(invalid-usage\): /); // It prints its help.
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });
});

describe("help", () => {
  it.each(["", "run", "list", "list datasets", "prepare", "publish", "show", "doctor", "setup", "types"])(
    "of `metabench %s` has examples and every exit code",
    async (command) => {
      const { code, out } = await commandLine([...command.split(" ").filter(Boolean), "--help"]);
      expect(code).toBe(0);
      expect(out).toMatch(/Examples?:\n.*metabench/s);
      expect(out).toMatch(/Exit codes:\n {2}0 .*\n {2}1 .*\n {2}2 .*\n {2}3 .*\n {2}130 /);
    },
  );
});
