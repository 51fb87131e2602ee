import { relative } from "node:path";
import type { TypeCheck } from "../../plugins/index.ts";
import type { Terminal } from "../terminal.ts";

/** Errors shown; the compiler often says one slip of the pen several times over. */
const most = 20;

/** A type check in words: its errors with file and line, or why there was none. */
export function typeCheckText(check: TypeCheck, cwd: string, colours: Terminal["colours"]): string {
  switch (check.status) {
    case "passed":
      return `types  ${colours.green("pass")}`;
    case "not-checked":
      return `not type-checked: ${check.reason}`;
    case "failed": {
      const { faults } = check;
      const lines = faults
        .slice(0, most)
        .map(
          ({ file, line, column, code, message }) =>
            `  ${relative(cwd, file)}:${String(line)}:${String(column)} ${code}: ${message.replaceAll("\n", "\n    ")}`,
        );
      const count = `${String(faults.length)} type error${faults.length === 1 ? "" : "s"}`;
      const rest = faults.length > most ? [`  and ${String(faults.length - most)} more`] : [];
      return [`types  ${colours.red("FAIL")}  ${count}`, ...lines, ...rest].join("\n");
    }
  }
}
