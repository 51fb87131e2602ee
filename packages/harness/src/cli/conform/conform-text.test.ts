import picocolors from "picocolors";
import { expect, it } from "vitest";
import { conformText } from "./conform-text.ts";

const colours = picocolors.createColors(false);
const check = (name: string, mend: string | null) => ({
  name,
  sentence: `${name} is kept.`,
  status: mend === null ? ("passed" as const) : ("failed" as const),
  mend,
  seconds: 0,
});

it("says once what several checks found, and of each which they are", () => {
  const text = conformText(
    {
      id: "mine",
      version: "1.0.0",
      setting: "few-shot-classification",
      options: {},
      passed: false,
      checks: [
        check("options", null),
        check("shapes", "Fix create()."),
        check("finite", "Fix create()."),
        check("abort", "Fix abort."),
      ],
    },
    colours,
  );
  expect(text.match(/Fix create\(\)\./g)).toHaveLength(1);
  expect(text).toMatch(/finite .*FAIL[^]*As for shapes\.[^]*abort .*FAIL[^]*Fix abort\./);
  expect(text).toMatch(/options .*pass .*options is kept\./);
});
