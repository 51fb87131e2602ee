import { delimiter, join } from "node:path";
import { checkExplanation, explainedBy, type Explanation } from "@metabench/core";
import { jsonFiles, readJson } from "./json-files.ts";

/** What of a record says which parameters were its trial's. */
interface Finished {
  readonly identity: string;
  readonly provenance: { readonly finishedAt: string };
}

/**
 * Reads what trained learners looked at, of the trials that there are records of. An explanation of a trial that was run again since
 * is left out: it is of other parameters.
 *
 * @param folders paths joined by the system's path delimiter
 * @returns by identity of the trial
 * @throws MetabenchError `invalid-record` with file, field and reason, for the first that is malformed
 */
export function readExplanations(
  folders: string,
  records: readonly Finished[],
): ReadonlyMap<string, Explanation> {
  const finished = new Map(records.map(({ identity, provenance }) => [identity, provenance.finishedAt]));
  const explanations = new Map<string, Explanation>();
  for (const folder of folders.split(delimiter).filter((path) => path !== ""))
    for (const name of jsonFiles(folder)) {
      const identity = explainedBy(name);
      if (identity === null) continue;
      const file = join(folder, name);
      const explanation = checkExplanation(readJson(file, "explanation of a trial"), file, identity);
      if (finished.get(identity) === explanation.finishedAt && !explanations.has(identity))
        explanations.set(identity, explanation);
    }
  return explanations;
}
