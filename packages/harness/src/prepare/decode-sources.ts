import { MetabenchError, type DatasetPlugin, type ErrorCode, type PreparedData } from "@metabench/core";
import { describeThrown } from "../plugins/index.ts";
import type { FoundSource } from "./find-sources.ts";
import { checkShape } from "./prepared-shape.ts";

/** The files that were read, and how to be rid of those that were downloaded: a wrong one without a checksum would be kept for ever. */
function readFrom(files: Readonly<Record<string, string>>, sources: readonly FoundSource[]): string[] {
  const paths = Object.values(files);
  const downloads = sources.flatMap(({ state, source }) => {
    const path = files[source.name];
    return path !== undefined && (state === "downloaded" || state === "downloadable") ? [path] : [];
  });
  return [
    ...(paths.length > 0 ? [`It was read from ${paths.join(", ")}.`] : []),
    ...(downloads.length > 0 ? [`To download anew, delete ${downloads.join(", ")} and run again.`] : []),
  ];
}

/**
 * Has a data set plugin read its files.
 *
 * @param files absolute paths by the names of `sources`
 * @throws MetabenchError as the plugin does, `data-corrupt` with the whole paths; `contract-broken` where it throws anything else or
 * returns no data
 */
export async function decodeSources(
  plugin: DatasetPlugin,
  options: unknown,
  files: Readonly<Record<string, string>>,
  sources: readonly FoundSource[],
): Promise<PreparedData> {
  let data: unknown;
  try {
    data = await plugin.prepare(files, options);
  } catch (error) {
    const from = readFrom(files, sources);
    const failed = (code: ErrorCode, ...sentences: readonly string[]) =>
      new MetabenchError(code, sentences.join(" "), { cause: error });
    if (!(error instanceof MetabenchError))
      throw failed(
        "contract-broken",
        `Data set ${plugin.id}: its prepare function failed (${describeThrown(error).replace(/\.$/, "")}).`,
        ...from,
        from.length > 0
          ? "Fix the function, or replace a file that is not the original."
          : "Fix the function.",
      );
    throw error.code === "data-corrupt" ? failed(error.code, error.message, ...from) : error;
  }
  checkShape(plugin.id, data);
  return data;
}
