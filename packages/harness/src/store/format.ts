/** A line may be this long before its array or object is broken into several, in characters. */
const width = 120;

/**
 * JSON for people and for version control: indented by two, but what fits on a line stays on one, and so does every array of
 * plain values, however long. Ends in a line feed.
 */
export function formatJson(value: unknown): string {
  return `${format(JSON.parse(JSON.stringify(value)), "")}\n`;
}

function format(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const isArray = Array.isArray(value);
  const flat = oneLine(value);
  const plain = isArray && value.every((item) => typeof item !== "object" || item === null);
  if (plain || indent.length + flat.length <= width) return flat;
  const lines = isArray
    ? value.map((item: unknown) => inner + format(item, inner))
    : Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${format(item, inner)}`);
  const [open, close] = isArray ? "[]" : "{}";
  return `${open ?? ""}\n${lines.join(",\n")}\n${indent}${close ?? ""}`;
}

function oneLine(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return value.length === 0 ? "[]" : `[${value.map(oneLine).join(", ")}]`;
  const entries = Object.entries(value);
  return entries.length === 0
    ? "{}"
    : `{ ${entries.map(([key, item]) => `${JSON.stringify(key)}: ${oneLine(item)}`).join(", ")} }`;
}
