import { describe, expect, it } from "vitest";
import { metabench, workingFolder } from "./command-line.test-support.ts";
import { plugins, regressor } from "./regression-plugin.test-support.ts";

const sound = plugins(regressor("mine"));
const commands = ["conform ./mine.mjs --json", "list algorithms --plugin ./mine.mjs --json"];
const run =
  "run --plugin ./mine.mjs --protocol few-shot/sinusoid/5-shot --algorithm mine --episodes 2 --dry-run --json";

describe("a plugin whose module", () => {
  describe.each([...commands, run])("is given to `metabench %s`", (command) => {
    it.each<[string, string, RegExp]>([
      [
        "ends the process at once",
        `process.exit(0);${sound}`,
        /error \(invalid-plugin\): .*mine\.mjs does not load: .*process\.exit\(0\) was called/,
      ],
      [
        "waits for what never comes",
        `await new Promise(() => {});${sound}`,
        /error \(invalid-plugin\): The process ended with exit code 13 while .*mine\.mjs was imported/,
      ],
    ])("and %s, is refused", async (_, text, says) => {
      const { code, out, note } = await metabench(workingFolder({ "mine.mjs": text }), command);
      expect(note).toMatch(says);
      expect({ code, out }).toEqual({ code: 2, out: "" });
    });
  });

  it("ends the process once it is asked for something, does not end the command as if it had done its work", async () => {
    const text = sound.replace("reference: null,", "reference: null, label: () => process.exit(0),");
    const { code, out, note } = await metabench(workingFolder({ "mine.mjs": text }), run);
    expect(note).toMatch(
      /error \(contract-broken\): The process ended with exit code 0 before the command was done/,
    );
    expect({ code, out }).toEqual({ code: 1, out: "" });
  });

  it("chooses an exit code, chooses none", async () => {
    const text = `process.exitCode = 0;${sound}`;
    const { code } = await metabench(workingFolder({ "mine.mjs": text }), `${run} --set none=1`);
    expect(code).toBe(2);
  });

  it.each([...commands.slice(1), run])(
    "starts timers and prints, neither keeps `metabench %s` alive nor disturbs its JSON",
    async (command) => {
      const text = `setInterval(() => console.log("tick"), 1); console.log("hello"); process.stdout.write("there");${sound}`;
      const { code, out, note } = await metabench(workingFolder({ "mine.mjs": text }), command);
      expect(code, note).toBe(0);
      expect(JSON.parse(out)).toHaveProperty("schema");
      expect(note).toMatch(/hello[^]*there/);
    },
  );
});
