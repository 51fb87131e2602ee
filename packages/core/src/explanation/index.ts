export { fromBase64, toBase64 } from "../encoding/base64.ts";
export * from "./explanation.ts";
export * from "./file-name.ts";
export * from "./heat-map.ts";
export * from "./layout.ts";
