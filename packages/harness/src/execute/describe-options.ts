import { sha256Hex, type JsonObject } from "@metabench/core";

/** Characters of a value that is written out; of a longer one (lists of classes) the hash tells it from others. */
const longest = 40;

const described = (value: unknown): string => {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longest ? `of hash ${sha256Hex(JSON.stringify(value)).slice(0, 8)}` : text;
};

/** Options as they stand behind a name: ` (folder birds, size 84)`; nothing where there are none. */
export function describeOptions(options: JsonObject): string {
  const parts = Object.entries(options).map(([name, value]) => `${name} ${described(value)}`);
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}
