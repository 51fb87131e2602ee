/** Options as they stand in a sentence: `width 64, hidden [40,40]`; empty where there are none. */
export const optionText = (options: Readonly<Record<string, unknown>>): string =>
  Object.entries(options)
    .map(([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(", ");
