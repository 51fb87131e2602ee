/**
 * What no text may hold that is printed into a terminal or a page: control characters, which move the cursor; characters that turn the
 * direction of writing, which show one text as another; separators of lines, and halves of a character.
 */
const unprintable = /[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]|\p{Surrogate}/u;

const visible = (character: string) =>
  `\\u{${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}}`;

/** Line feeds and tabs, which texts of several lines have: logs and messages. */
const inLines = /[\n\t]/;

/** The first character of a text that may not stand there, written as `\u{202e}`; null where there is none. */
export function unprintableIn(
  text: string,
  { lines = false }: { readonly lines?: boolean } = {},
): string | null {
  for (const character of text)
    if (unprintable.test(character) && !(lines && inLines.test(character))) return visible(character);
  return null;
}

/**
 * Whether no string of a JSON text can hold a character that may not be printed: a quick look at the text, without its values. False says
 * that the values must be looked at.
 */
export const isPlainJson = (text: string): boolean =>
  !escaped.test(text) && !unprintable.test(text.replaceAll("\n", ""));

/** An escape that may stand for an unprintable character. */
const escaped = /\\[bfnrtu]/;

/** A text in which every character that may not be printed is written as `\u{001b}`. */
export const printable = (text: string, { lines = false }: { readonly lines?: boolean } = {}): string =>
  unprintable.test(text)
    ? [...text]
        .map((character) => (unprintableIn(character, { lines }) === null ? character : visible(character)))
        .join("")
    : text;

/** Where in a JSON value the first unprintable text stands, keys included; null where there is none. */
export function unprintablePath(
  value: unknown,
  mayHaveLines: (path: readonly string[]) => boolean = () => false,
  path: readonly string[] = [],
): { readonly path: readonly string[]; readonly character: string } | null {
  if (typeof value === "string") {
    const character = unprintableIn(value, { lines: mayHaveLines(path) });
    return character === null ? null : { path, character };
  }
  if (typeof value !== "object" || value === null) return null;
  for (const [key, item] of Object.entries(value)) {
    const character = Array.isArray(value) ? null : unprintableIn(key);
    if (character !== null) return { path: [...path, printable(key)], character };
    const found = unprintablePath(item, mayHaveLines, [...path, key]);
    if (found) return found;
  }
  return null;
}

/** A JSON value in which every character that may not be printed is written as `\u{001b}`, in keys too. */
export function printableJson<T>(
  value: T,
  mayHaveLines: (path: readonly string[]) => boolean = () => false,
  path: readonly string[] = [],
): T {
  const clean = (one: unknown, at: readonly string[]): unknown => {
    if (typeof one === "string") return printable(one, { lines: mayHaveLines(at) });
    if (Array.isArray(one)) return one.map((item: unknown, index) => clean(item, [...at, String(index)]));
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(
      Object.entries(one).map(([key, item]) => [printable(key), clean(item, [...at, key])]),
    );
  };
  // The form stays; only characters within strings change.
  return clean(value, path) as T;
}
