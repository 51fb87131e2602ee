/** A string, with the colon that makes it a key, or an end of an object. */
const token = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/g;

/**
 * Parses JSON and refuses an object that has one key twice: `JSON.parse` keeps the last, other readers the first.
 *
 * @throws SyntaxError where the text is not JSON, or has a key twice
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const twice = duplicateKey(text);
  if (twice)
    throw new SyntaxError(`the key "${twice.key}" stands twice in one object, at line ${String(twice.line)}`);
  return value;
}

/** The first key that an object of a text has twice. The text must be JSON. */
function duplicateKey(text: string): { readonly key: string; readonly line: number } | null {
  const open: Set<string>[] = [];
  for (const { 0: found, 1: colon, index } of text.matchAll(token)) {
    if (found === "{") open.push(new Set());
    else if (found === "}") open.pop();
    else if (colon !== undefined) {
      // Parsed, since a key may be written with escapes.
      const key = JSON.parse(found.slice(0, -colon.length)) as string;
      const keys = open.at(-1);
      if (keys?.has(key)) return { key, line: text.slice(0, index).split("\n").length };
      keys?.add(key);
    }
  }
  return null;
}
