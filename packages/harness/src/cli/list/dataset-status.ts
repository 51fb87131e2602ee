import { MetabenchError, type DatasetPlugin } from "@metabench/core";
import { cacheFolder } from "../../backend/index.ts";
import { datasetStatus, type DatasetStatus } from "../../prepare/index.ts";
import type { Loaded } from "../../plugins/index.ts";

/**
 * How near a data set is to being loaded with its default options, for people and for programs; null where an option has no
 * default, so that there is nothing to look for yet.
 */
export async function statusOf(
  { plugin, origin }: Loaded<DatasetPlugin>,
  roots: readonly string[],
): Promise<{ readonly json: DatasetStatus | null; readonly lines: readonly string[] }> {
  try {
    plugin.parseOptions({});
  } catch (error) {
    if (error instanceof MetabenchError && error.code === "invalid-options")
      return { json: null, lines: ["status depends on its options"] };
    throw error;
  }
  const status = await datasetStatus(
    plugin,
    {},
    {
      roots,
      cacheFolder: cacheFolder(),
      pluginModule: origin.module,
      pluginSource: origin.source,
    },
  );
  return { json: status, lines: describe(status) };
}

function describe(status: DatasetStatus): readonly string[] {
  switch (status.state) {
    case "prepared":
      return [`prepared in ${status.folder}`];
    case "sources found":
      return status.files.length === 0 ? ["needs no files"] : status.files.map((file) => `found ${file}`);
    case "needs download":
      return status.urls.map((url) => `to be downloaded from ${url}`);
    case "missing":
      return status.instructions.map((instruction) => `missing ${instruction}`);
  }
}
