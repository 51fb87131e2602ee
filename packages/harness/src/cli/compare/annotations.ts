import type { CompareReport } from "@metabench/core";
import { basisText, dropText, ordered, verdictWords } from "./words.ts";

/** GitHub shows at most ten annotations of a kind in a step. */
const most = 10;

/** Characters that would end an annotation's message or its title. */
const escaped = (text: string) =>
  text.replace(/[%\r\n:,]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);

/** Lines that GitHub shows beside a pull request: one error for each cell that decides against it. */
export function annotations({ cells }: CompareReport): readonly string[] {
  return ordered(cells)
    .filter(({ counted, verdict }) => counted && (verdict === "regression" || verdict === "not-comparable"))
    .slice(0, most)
    .map((cell) => {
      const title = escaped(`${verdictWords[cell.verdict]}: ${cell.label} on ${cell.protocol}`);
      return `::error title=${title}::${escaped(`drop ${dropText(cell)}; ${basisText(cell)}`)}`;
    });
}
