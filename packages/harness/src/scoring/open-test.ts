import {
  dataKinds,
  MetabenchError,
  type DatasetPlugin,
  type FunctionFamily,
  type TrialSpec,
} from "@metabench/core";
import { loadPrepared } from "../prepare/index.ts";
import { fits, openTestOn, type OpenTest } from "./tests.ts";

/**
 * Loads the test split, in the parent process only. `prepared` is null for a family of functions.
 *
 * @throws MetabenchError `invalid-protocol` where the data are of another kind, or cannot fill the protocol's episodes
 */
export async function openTest(
  spec: Pick<TrialSpec, "protocol"> & { readonly dataset: Pick<TrialSpec["dataset"], "options"> },
  prepared: string | null,
  dataset: DatasetPlugin,
): Promise<OpenTest> {
  const { protocol } = spec;
  const data =
    prepared === null
      ? ((await dataset.prepare({}, spec.dataset.options)) as FunctionFamily)
      : await loadPrepared(prepared, ["test"]);
  if (!fits(protocol.kind, data.kind))
    throw new MetabenchError(
      "invalid-protocol",
      `Protocol ${protocol.id} is for ${protocol.kind}, but data set ${dataset.id} holds ${dataKinds[data.kind].title} (${data.kind}); choose another data set.`,
    );
  return openTestOn(protocol, data, prepared);
}
