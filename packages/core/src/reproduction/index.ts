export { publishedBands } from "./bands.ts";
export type { PublishedBand } from "./band.ts";
export { reproductionMarkdown } from "./markdown.ts";
export * from "./reproduction.ts";
