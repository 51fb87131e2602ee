import { inspect } from "node:util";
import { MetabenchError } from "@metabench/core";
import { isPluginsOwn } from "./plugin-frame.ts";

/** Which function of which plugin is called, and where the plugin lies. */
export interface Called {
  /** What the plugin is called in a message: `Data set bent`. */
  readonly plugin: string;
  readonly name: string;
  readonly file: string;
}

const shown = (value: unknown) => inspect(value, { depth: 1, breakLength: Infinity }).slice(0, 80);

/** An error that names the function of a plugin that gave something else than it should. */
export const gaveWrong = ({ plugin, name, file }: Called, gave: unknown, expected: string): MetabenchError =>
  new MetabenchError(
    "contract-broken",
    `${plugin}: ${name}() gave ${shown(gave)}, where ${expected} is expected. Fix it in ${file}.`,
  );

/**
 * Calls a function of a plugin, so that whatever goes wrong in it is the plugin's. An error that has a place in the plugin tells it; what
 * has none, such as a thrown text, is named with function and file.
 */
export function blaming<A extends readonly unknown[], R>(
  called: Called,
  run: (...args: A) => R,
): (...args: A) => R {
  return (...args) => {
    try {
      return run(...args);
    } catch (error) {
      if (error instanceof MetabenchError || isPluginsOwn(error)) throw error;
      const said = error instanceof Error ? `${error.name}: ${error.message}` : shown(error);
      throw new MetabenchError(
        "contract-broken",
        `${called.plugin}: ${called.name}() threw ${said.replace(/\.$/, "")}. Fix it in ${called.file}; an Error that is made where it is thrown would tell the line.`,
        { cause: error },
      );
    }
  };
}
