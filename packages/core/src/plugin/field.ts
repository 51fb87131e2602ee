import { z } from "zod";
import { nearest } from "./nearest.ts";

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
  if (schema instanceof z.ZodObject) return schema.shape[String(key)] as z.ZodType | undefined;
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  if (
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodReadonly
  )
    return below(schema.unwrap(), key);
  return undefined;
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
  const near = nearest(name, known);
  return `There is no field "${whole(name)}".${near.length === 0 ? "" : ` Did you mean ${near.map(whole).join(", ")}?`}`;
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
        const object = parts[path.length];
        const inner = object instanceof z.ZodNullable ? object.unwrap() : object;
        const own = inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
        const known = path.length === 0 ? [...own, ...others] : own;
        return issue.keys.map((key) => unknownField(key, path, known));
      }
      const form = parts.map(formOf).findLast((one) => one !== undefined);
      const write = form ? ` Write ${form.form}, such as ${form.example}.` : "";
      return [`${path.join(".") || "(top level)"}: ${message.replace(/\.$/, "")}.${write}`];
    })
    .join(" ");
}
