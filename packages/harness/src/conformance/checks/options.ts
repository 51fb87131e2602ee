import type { JsonObject } from "@metabench/core";
import type { Check } from "../check.ts";

/** Values of every kind of JSON: an option that takes them all checks nothing. */
const nonsense = [
  "no such value",
  -0.123456,
  { no: "such option" },
  [["no such value"]],
  null,
  true,
] as const;

const unknown = "no-such-option";

function refuses(parse: (options: unknown) => unknown, options: unknown): boolean {
  try {
    parse(options);
    return false;
  } catch {
    return true;
  }
}

/** Options have defaults, are JSON, and are refused when wrong. */
export const options: Check = {
  name: "options",
  sentence: "Options have defaults and are JSON; wrong and unknown options are refused.",
  applies: "all",
  look({ plugin }) {
    const parse = (given: unknown) => plugin.parseOptions(given);
    let defaults: JsonObject;
    try {
      defaults = parse({});
    } catch (error) {
      return `The schema refuses an empty object: ${error instanceof Error ? error.message : String(error)} Give every field of the schema a default.`;
    }
    const again = JSON.stringify(parse(JSON.parse(JSON.stringify(defaults))));
    if (again !== JSON.stringify(defaults))
      return `Parsed options are ${JSON.stringify(defaults)}, and ${again} when parsed again; use a schema without transforms, which accepts its own output unchanged.`;
    if (!refuses(parse, { [unknown]: 1 }))
      return `The unknown option "${unknown}" is accepted silently; make the schema a z.strictObject({ … }).`;
    for (const option of Object.keys(defaults))
      if (!nonsense.some((value) => refuses(parse, { ...defaults, [option]: value })))
        return `Option "${option}" accepts a string, a number, a list, an object and null; give it a type, such as z.number().positive().`;
    return null;
  },
};
