import { z } from "zod";
import { MetabenchError } from "../errors.ts";

/** A Zod schema of options: a strict object whose output is JSON. */
export type OptionsSchema = z.ZodType<object>;

/** Issues of a failed parse as `path: what was expected`, joined for one line of a message. */
export function describeIssues(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join(".") || "(top level)"}: ${issue.message}`).join("; ");
}

/**
 * Checks the argument of a `define…` function at run time, since plugins may be JavaScript.
 *
 * @throws MetabenchError `invalid-plugin`
 */
export function checkDefinition<M>(
  kind: string,
  schema: z.ZodType<M>,
  manifest: unknown,
  parts: Readonly<Record<string, unknown>>,
): M {
  const parsed = schema.safeParse(manifest);
  const id = (manifest as { id?: unknown } | undefined)?.id;
  const name = typeof id === "string" ? `${kind} "${id}"` : `a ${kind} without id`;
  if (!parsed.success)
    throw new MetabenchError(
      "invalid-plugin",
      `${name}: ${describeIssues(parsed.error)}. Fix the fields of its define… call.`,
    );
  for (const [part, value] of Object.entries(parts)) {
    if (part === "options" && !(value instanceof z.ZodType))
      throw new MetabenchError(
        "invalid-plugin",
        `${name}: options must be a Zod schema; write options: z.strictObject({}) for none.`,
      );
    if (part !== "options" && typeof value !== "function")
      throw new MetabenchError(
        "invalid-plugin",
        `${name}: ${part} must be a function, it is ${typeof value}. Add it to its define… call.`,
      );
  }
  return parsed.data;
}

/**
 * Parses a plugin's options, filling in defaults.
 *
 * @throws MetabenchError `invalid-options`, naming each wrong field
 */
export function parseOptions<O extends OptionsSchema>(
  name: string,
  schema: O,
  options: unknown,
): z.output<O> {
  const parsed = schema.safeParse(options ?? {});
  if (parsed.success) return parsed.data;
  throw new MetabenchError(
    "invalid-options",
    `${name} refuses its options: ${describeIssues(parsed.error)}. See \`metabench list algorithms\` for what it takes.`,
  );
}
