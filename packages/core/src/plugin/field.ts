import { z } from "zod";
import { didYouMean } from "./nearest.ts";
import { meantValue } from "./options-fault.ts";

/** What the documentation and the messages say of a field of a `define…` call. */
export interface FieldForm {
  /** What the value must be: completes "write …". */
  readonly form: string;
  /** A value that is right, as it stands in code. */
  readonly example: string;
  /** What the field is for. */
  readonly about: string;
}

const forms = z.registry<FieldForm>();

/** A field with its description, which stands in docs/plugins.md and in messages about the field. */
export function field<S extends z.ZodType>(schema: S, form: FieldForm): S {
  const own = schema.clone() as S; // Several fields may share a schema, such as that of addresses.
  forms.add(own, form);
  return own;
}

/** The description of a field, if it has one. */
export const formOf = (schema: z.ZodType): FieldForm | undefined => forms.get(schema);

/** The schema one step down: a field of an object, an item of a list. Looks through `null`, defaults and the like. */
function below(schema: unknown, key: PropertyKey): z.ZodType | undefined {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodObject) return inner.shape[String(key)] as z.ZodType | undefined;
  if (inner instanceof z.ZodArray) return inner.element as z.ZodType;
  return undefined;
}

function unwrapped(schema: unknown): unknown {
  return schema instanceof z.ZodNullable ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodReadonly
    ? unwrapped(schema.unwrap())
    : schema;
}

/** The schemas on the way down a path, the outermost first, as far as there are any. */
function along(schema: z.ZodType, path: readonly PropertyKey[]): readonly z.ZodType[] {
  const parts = [schema];
  for (const key of path) {
    const part = below(parts.at(-1), key);
    if (!part) break;
    parts.push(part);
  }
  return parts;
}

function unknownField(name: string, path: readonly PropertyKey[], known: readonly string[]): string {
  const whole = (key: string) => [...path, key].join(".");
  return `There is no field "${whole(name)}".${didYouMean(name, known, whole)}`;
}

/**
 * What is wrong with the fields of a `define…` call, a sentence each, with the form that each must have and an example.
 *
 * @param others fields that the call has beside those of the schema
 */
export function describeFieldIssues(
  error: z.ZodError,
  schema: z.ZodType,
  others: readonly string[] = [],
): string {
  return error.issues
    .flatMap((issue) => {
      const { path, message } = issue;
      const parts = along(schema, path);
      if (issue.code === "unrecognized_keys") {
        const inner = unwrapped(parts[path.length]);
        const own = inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
        const known = path.length === 0 ? [...own, ...others] : own;
        return issue.keys.map((key) => unknownField(key, path, known));
      }
      const form = parts.map(formOf).findLast((one) => one !== undefined);
      const write = form ? ` Write ${form.form}, such as ${form.example}.` : "";
      return [
        `${path.join(".") || "(top level)"}: ${message.replace(/\.$/, "")}.${meantValue(issue)}${write}`,
      ];
    })
    .join(" ");
}
