export { parseJson } from "./json.ts";
export { isPlainJson, printable, printableJson, unprintableIn, unprintablePath } from "./plain-text.ts";
