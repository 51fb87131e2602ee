import { InvalidArgumentError } from "commander";
import { repeated } from "./repeated.ts";

/** A folder's path. An empty one, as a variable that is not set leaves it, would be the working folder. */
export function folder(text: string): string {
  if (text === "") throw new InvalidArgumentError("Name a folder, or . for this one.");
  return text;
}

/** A folder that may be given several times. */
export function folders(text: string, earlier?: readonly string[]): readonly string[] {
  return repeated(folder(text), earlier);
}
