import { z } from "zod";
import type { OptionsSchema } from "./definition.ts";
import { didYouMean } from "./nearest.ts";

const objectSchema = z.looseObject({ properties: z.record(z.string(), z.unknown()) });

/** The names that an object of options takes at a path within its schema; none where that is no object, or cannot be told. */
function namesAt(schema: OptionsSchema, path: readonly PropertyKey[]): readonly string[] {
  let part: unknown;
  try {
    part = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  } catch {
    return [];
  }
  for (const key of path) part = objectSchema.safeParse(part).data?.properties[String(key)];
  return Object.keys(objectSchema.safeParse(part).data?.properties ?? {});
}

function unknownOption(name: string, within: readonly PropertyKey[], known: readonly string[]): string {
  const whole = (option: string) => [...within, option].join(".");
  const meant = didYouMean(name, known, whole);
  const all = known.length === 0 ? " It takes none." : ` It takes ${known.map(whole).join(", ")}.`;
  return `There is no option "${whole(name)}".${meant}${all}`;
}

/** For a value that is none of those allowed, which may have been meant; the parse must have reported its input. */
export const meantValue = (issue: z.core.$ZodIssue): string =>
  issue.code === "invalid_value" && typeof issue.input === "string"
    ? didYouMean(
        issue.input,
        issue.values.filter((value) => typeof value === "string"),
      )
    : "";

/** What is wrong with options, a sentence each: for an unknown one which may have been meant, for a wrong value what it must be. */
export function describeOptionIssues(error: z.ZodError, schema: OptionsSchema): string {
  return error.issues
    .flatMap((issue) =>
      // A schema may have words of its own for an unknown option, such as where it belongs.
      issue.code === "unrecognized_keys" && issue.message.startsWith("Unrecognized key")
        ? issue.keys.map((key) => unknownOption(key, issue.path, namesAt(schema, issue.path)))
        : [
            `${issue.path.join(".") || "(all of them)"}: ${issue.message.replace(/\.$/, "")}.${meantValue(issue)}`,
          ],
    )
    .join(" ");
}
