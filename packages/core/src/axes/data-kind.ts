import type { Kind } from "./kind.ts";

/** What shared code asks of a kind of prepared data. */
export interface DataKindFacts {
  /** The kind of protocol that runs on such data. */
  readonly protocol: Kind;
  /** What such data hold, for messages. */
  readonly title: string;
}

/** The kinds of data that a data set plugin may prepare. The names are on disk, so they stay. */
export const dataKinds = {
  "classified-images": { protocol: "few-shot-classification", title: "images of classes" },
  "function-family": { protocol: "few-shot-regression", title: "a family of functions" },
  "multi-task-images": { protocol: "multi-task", title: "images with a target for each of several tasks" },
  "task-examples": { protocol: "multi-task", title: "tasks with examples of their own" },
} as const satisfies Record<string, DataKindFacts>;

/** The name of a kind of prepared data. */
export type DataKind = keyof typeof dataKinds;
