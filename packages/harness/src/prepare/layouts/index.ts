import type { Content, SplitName, StoredData } from "@metabench/core";
import { classifiedImages } from "./classified-images.ts";
import type { ArrayFile, ContentOf, Layout, WithSplits } from "./layout.ts";
import { multiTaskImages } from "./multi-task-images.ts";
import { taskExamples } from "./task-examples.ts";

export type { ArrayFile, WithSplits } from "./layout.ts";

type DataOf<K extends StoredData["kind"]> = Extract<StoredData, { kind: K }>;

const layouts: { readonly [K in StoredData["kind"]]: Layout<DataOf<K>> } = {
  "classified-images": classifiedImages,
  "multi-task-images": multiTaskImages,
  "task-examples": taskExamples,
};

/** Prepared data of which only the asked splits are there; narrow by `kind`. */
export type LoadedData<Split extends SplitName> = {
  [K in StoredData["kind"]]: WithSplits<DataOf<K>, Split>;
}[StoredData["kind"]];

/** The layout of a kind of data. The kind chooses it, which TypeScript cannot follow through the table. */
export const layoutOf = ({ kind }: Pick<StoredData, "kind"> | Pick<Content, "kind">): Layout<StoredData> =>
  layouts[kind] as unknown as Layout<StoredData>;

/** Names and checks of the files that hold a split. */
export const splitFiles = (content: Content, split: SplitName): readonly ArrayFile[] =>
  layoutOf(content).files(content as ContentOf<StoredData>, split);

/** Loaded arrays as data of the content's kind. */
export const loadArrays = <Split extends SplitName>(
  content: Content,
  arrays: Readonly<Record<Split, readonly ArrayBuffer[]>>,
): LoadedData<Split> => layoutOf(content).load(content as ContentOf<StoredData>, arrays) as LoadedData<Split>;
