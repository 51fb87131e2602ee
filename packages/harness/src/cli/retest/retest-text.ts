import { score } from "../standings/numbers.ts";
import type { RetestEntry } from "../../retest/index.ts";

/** Whether a trial was not tested as asked for. */
export const isAmiss = ({ status }: RetestEntry): boolean => status === "failed" || status === "not possible";

const words: Readonly<Record<RetestEntry["status"], string>> = {
  retested: "tested again",
  done: "tested again before",
  "does not apply": "nothing to test again",
  failed: "failed",
  "not possible": "not possible",
};

/** What became of a trial, in lines. */
export function describeRetest({ label, status, variants, reason, error }: RetestEntry): string {
  const why = error === null ? (reason ?? "") : `(${error.code}) ${error.message}`;
  return [
    `${label}: ${words[status]}`,
    ...(why === "" ? [] : [`  ${why}`]),
    ...variants.map(({ id, accuracy, error: broke }) =>
      accuracy === null
        ? `  ${id.padEnd(16)} broke (${broke?.code ?? ""}): ${broke?.message ?? ""}`
        : `  ${id.padEnd(16)} accuracy ${score(accuracy, "share")}`,
    ),
  ].join("\n");
}
