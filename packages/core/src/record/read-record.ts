import { MetabenchError } from "../errors.ts";
import { isPlainJson, parseJson, unprintablePath } from "../text/index.ts";
import { checkAgreement } from "./agreement/agreement.ts";
import { mayHaveLines } from "./printable-record.ts";
import { checkRecord, type TrialRecord } from "./trial-record.ts";

const whatToDo = "Delete the file and run the trial again, or restore it.";

/**
 * Reads a record from the text of its file, and believes nothing in it that its other parts do not bear out.
 *
 * @param source names the file in the error
 * @throws MetabenchError `invalid-record` with file, field and reason
 */
export function readRecord(text: string, source: string): TrialRecord {
  const invalid = (what: string, cause?: unknown) =>
    new MetabenchError("invalid-record", `${source} is not a valid trial record: ${what}. ${whatToDo}`, {
      cause,
    });
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (cause) {
    throw invalid(`it is not JSON (${cause instanceof Error ? cause.message : String(cause)})`, cause);
  }
  const unprintable = isPlainJson(text) ? null : unprintablePath(value, mayHaveLines);
  if (unprintable)
    throw invalid(
      `${unprintable.path.join(".")}: it holds the character ${unprintable.character}, which is not for print`,
    );
  const record = checkRecord(value, source);
  checkAgreement(record, source);
  return record;
}
