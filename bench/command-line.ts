import process from "node:process";
import { MetabenchError } from "@metabench/core";
import { CommanderError, InvalidArgumentError, Option, type Command } from "commander";

/** As metabench itself: 1 for a failure, 2 for bad flags, 3 for something that the environment lacks. */
const statuses: Readonly<Record<string, number>> = {
  "invalid-usage": 2,
  "set-up-failed": 3,
  "backend-unavailable": 3,
};

/** Runs a command line to its end and tells in one line of whatever goes wrong; returns the exit status. */
export async function runCommand(command: Command, args: readonly string[]): Promise<number> {
  try {
    await command
      .exitOverride()
      .showHelpAfterError("Run it with --help for what it takes.")
      .parseAsync(args, {
        from: "user",
      });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof MetabenchError)) throw error;
    process.stderr.write(`error (${error.code}): ${error.message}\n`);
    return statuses[error.code] ?? 1;
  }
}

/** A flag that takes a number between two bounds; a whole one where the default is whole and the lower bound too. */
export function number(
  flag: string,
  description: string,
  standard: number,
  least: number,
  most: number,
): Option {
  const whole = Number.isInteger(standard) && Number.isInteger(least);
  return new Option(flag, description).default(standard).argParser((text) => {
    const value = Number(text);
    if (text.trim() === "" || !(value >= least && value <= most) || (whole && !Number.isInteger(value)))
      throw new InvalidArgumentError(
        `It must be ${whole ? "a whole number" : "a number"} from ${String(least)} to ${String(most)}.`,
      );
    return value;
  });
}

/**
 * What a pattern chooses; everything without one.
 *
 * @throws MetabenchError `invalid-usage` for a pattern that is none, or chooses nothing
 */
export function matching<T>(
  all: readonly T[],
  pattern: string | undefined,
  text: (one: T) => string,
): readonly T[] {
  if (pattern === undefined) return all;
  let expression: RegExp;
  try {
    expression = new RegExp(pattern, "iu");
  } catch (cause) {
    throw new MetabenchError(
      "invalid-usage",
      `--only ${pattern} is no regular expression; write a part of a name, such as maml.`,
      { cause },
    );
  }
  const chosen = all.filter((one) => expression.test(text(one)));
  if (chosen.length > 0) return chosen;
  throw new MetabenchError(
    "invalid-usage",
    `--only ${pattern} chooses nothing. There are: ${all.map(text).join("; ")}.`,
  );
}

/** Says how long the rest of `total` equal steps will take, from how long those done took; to be called with how many were done since. */
export function timeLeftLine(
  total: number,
  now: () => number = () => performance.now(),
): (done: number) => string {
  const began = now();
  let done = 0;
  return (more) => {
    done += more;
    if (done === 0) return "";
    const seconds = (((now() - began) / done) * (total - done)) / 1000;
    return seconds < 90 ? `, ${seconds.toFixed(0)} s left` : `, ${(seconds / 60).toFixed(0)} min left`;
  };
}
