import type { z } from "zod";
import { formatJson } from "../../store/index.ts";
import type { Terminal } from "../terminal.ts";

/** Prints data as one JSON document of a documented schema; typed, so that what is printed and what is documented stay the same. */
export function printJson<S extends z.ZodType>(terminal: Terminal, schema: S, value: z.input<S>): void {
  terminal.out(formatJson(schema.parse(value)).trimEnd());
}
