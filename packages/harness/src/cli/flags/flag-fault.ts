import type { Command } from "commander";
import { didYouMean, type ErrorCode } from "@metabench/core";

const code: ErrorCode = "invalid-usage";

/** What commander says of an unknown word of the command line, and which words there would be. */
const unknowns: readonly {
  readonly says: RegExp;
  readonly words: (command: Command) => readonly string[];
}[] = [
  {
    says: /^error: unknown option '(?:--)?([^']*)'/,
    words: (command) =>
      [...command.options, ...(command.parent?.options ?? [])]
        .flatMap(({ long }) => long ?? [])
        .concat("--help")
        .map((flag) => flag.slice(2)),
  },
  {
    says: /^error: unknown command '([^']*)'/,
    words: ({ commands }) => [...commands.map((one) => one.name()), "help"],
  },
];

/** An error in the flags as all errors look: with its code, and for an unknown word with the one that may have been meant. */
export function flagFault(text: string, command: Command): string {
  const [unknown] = unknowns.flatMap(({ says, words }) => {
    const wanted = says.exec(text)?.[1]?.replace(/=.*$/s, "");
    return wanted === undefined
      ? []
      : [{ wanted, words: words(command), flag: says.source.includes("option") }];
  });
  const said = text.trimEnd().replace(/^error: /, `error (${code}): `);
  if (!unknown) return `${said}\n`;
  return `${said}.${didYouMean(unknown.wanted, unknown.words, (word) => (unknown.flag ? `--${word}` : word))}\n`;
}
