import { z } from "zod";
import { MetabenchError } from "../errors.ts";
import { describeIssues } from "./definition.ts";
import { webAddress } from "./web-address.ts";

const name = z.string().min(1);
const checksumSchema = z.discriminatedUnion("algorithm", [
  z.strictObject({ algorithm: z.literal("md5"), value: z.string().regex(/^[0-9a-f]{32}$/) }),
  z.strictObject({ algorithm: z.literal("sha256"), value: z.string().regex(/^[0-9a-f]{64}$/) }),
]);

const sourceSchema = z.discriminatedUnion("from", [
  /** Shipped by an npm package that the data set's package depends on; `file` is relative to that package. */
  z.strictObject({ from: z.literal("package"), name, package: name, file: name }),
  /**
   * A file or folder `<data root>/<file>`, or else one of `alternatives`. If none is there, it is downloaded from `url`; with `url` null
   * the user must fetch it.
   */
  z.strictObject({
    from: z.literal("data-root"),
    name,
    file: name,
    /** Paths of the same file in another form, such as unpacked, relative to a data root. `prepare` receives the path that was found. */
    alternatives: z.array(name).readonly().exactOptional(),
    url: webAddress.nullable(),
    /** The published checksum of the download, or null if none was published. */
    checksum: checksumSchema.nullable(),
    /** How to get the file by hand; part of the error message when it is missing. */
    instructions: name,
  }),
]);

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
  if (!parsed.success) throw broken(describeIssues(parsed.error));
  const names = parsed.data.map((source) => source.name);
  const twice = names.find((one, at) => names.indexOf(one) !== at);
  if (twice !== undefined) throw broken(`two are named "${twice}"`);
  return parsed.data;
}
