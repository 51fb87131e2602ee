import { InvalidArgumentError } from "commander";
import type { Json, JsonObject } from "@metabench/core";

/**
 * One `--set option=value`, added to those before it. A value that is JSON is taken as such, any other as a string; dots in the
 * option's name reach into objects.
 */
export function setting(text: string, earlier: JsonObject = {}): JsonObject {
  const [, path, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (path === undefined || value === undefined)
    throw new InvalidArgumentError(`Write option=value, for instance innerRate=0.4, not "${text}".`);
  return place(earlier, path.split("."), parse(value));
}

function place(object: JsonObject, [key = "", ...rest]: readonly string[], value: Json): JsonObject {
  if (rest.length === 0) return { ...object, [key]: value };
  const inner = object[key];
  const below =
    typeof inner === "object" && inner !== null && !Array.isArray(inner) ? (inner as JsonObject) : {};
  return { ...object, [key]: place(below, rest, value) };
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
