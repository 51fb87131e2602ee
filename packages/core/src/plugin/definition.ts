import { z } from "zod";
import { MetabenchError } from "../errors.ts";
import { describeFieldIssues } from "./field.ts";
import { describeOptionIssues } from "./options-fault.ts";

/** A Zod schema of options: a strict object whose output is JSON. */
export type OptionsSchema = z.ZodType<object>;

/** Issues of a failed parse as `path: what was expected`, joined for one line of a message. */
export function describeIssues(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join(".") || "(top level)"}: ${issue.message}`).join("; ");
}

/**
 * Checks the argument of a `define…` function at run time, since plugins may be JavaScript.
 *
 * @throws MetabenchError `invalid-plugin`, naming each wrong field with the form that it must have
 */
export function checkDefinition<M>(
  kind: string,
  schema: z.ZodType<M>,
  manifest: unknown,
  parts: Readonly<Record<string, unknown>>,
): M {
  const parsed = schema.safeParse(manifest, { reportInput: true });
  const id = (manifest as { id?: unknown } | undefined)?.id;
  const name = typeof id === "string" ? `${kind} "${id}"` : `a ${kind} without id`;
  const broken = (what: string) => new MetabenchError("invalid-plugin", `${name}: ${what}`);
  if (!parsed.success)
    throw broken(`${describeFieldIssues(parsed.error, schema, Object.keys(parts))} Fix its define… call.`);
  for (const [part, value] of Object.entries(parts)) {
    if (part === "options" && !(value instanceof z.ZodType))
      throw broken("options must be a Zod schema; write options: z.strictObject({}) for none.");
    if (part !== "options" && typeof value !== "function")
      throw broken(`${part} must be a function, it is ${typeof value}. Add it to its define… call.`);
  }
  return parsed.data;
}

/** Where a plugin's options are listed, by the first word of what it is called in a message. */
const listedBy: readonly (readonly [start: string, command: string])[] = [
  ["algorithm ", "metabench list algorithms"],
  ["data set ", "metabench list datasets"],
  ["backbone ", "metabench list backbones"],
  ["--training", "metabench run --help"],
];

/**
 * Parses a plugin's options, filling in defaults.
 *
 * @param name what refuses them: `algorithm maml`, `data set omniglot`, `backbone conv4`
 * @throws MetabenchError `invalid-options`, naming each wrong field, and for an unknown one what may have been meant
 */
export function parseOptions<O extends OptionsSchema>(
  name: string,
  schema: O,
  options: unknown,
): z.output<O> {
  const parsed = schema.safeParse(options ?? {}, { reportInput: true });
  if (parsed.success) return parsed.data;
  const command = listedBy.find(([start]) => name.startsWith(start))?.[1];
  throw new MetabenchError(
    "invalid-options",
    `${name} refuses its options. ${describeOptionIssues(parsed.error, schema)}${command === undefined ? "" : ` See \`${command}\` for what it takes.`}`,
  );
}
