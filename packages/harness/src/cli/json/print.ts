import { unprintableIn } from "@metabench/core";
import type { z } from "zod";
import { formatJson } from "../../store/index.ts";
import type { Terminal } from "../terminal.ts";

/** JSON text in which characters that would steer a terminal are JSON's own escapes: it still means the same. */
const escaped = (json: string) =>
  unprintableIn(json, { lines: true }) === null
    ? json
    : Array.from(json, (character) =>
        unprintableIn(character, { lines: true }) === null
          ? character
          : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
      ).join("");

/** Prints data as one JSON document of a documented schema; typed, so that what is printed and what is documented stay the same. */
export function printJson<S extends z.ZodType>(terminal: Terminal, schema: S, value: z.input<S>): void {
  terminal.out(escaped(formatJson(schema.parse(value)).trimEnd()));
}
