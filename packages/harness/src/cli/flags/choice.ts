import { InvalidArgumentError, Option } from "commander";
import { didYouMean } from "@metabench/core";

/** A flag that takes one of a few words; a wrong one is told which may have been meant. */
export function choice(flags: string, description: string, words: readonly string[]): Option {
  return new Option(flags, description).choices(words).argParser((text) => {
    if (words.includes(text)) return text;
    throw new InvalidArgumentError(`Allowed choices are ${words.join(", ")}.${didYouMean(text, words)}`);
  });
}

/** `--backend`, which several commands have. */
export const backendOption = (): Option =>
  choice("--backend <backend>", "TensorFlow (native), WebAssembly, or the first that starts (auto)", [
    "auto",
    "native",
    "wasm",
  ]).default("auto");
