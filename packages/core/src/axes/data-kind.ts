import type { Kind } from "./kind.ts";

/** What shared code asks of a kind of prepared data. */
export interface DataKindFacts {
  /** The kind of protocol that runs on such data. */
  readonly protocol: Kind;
  /** What such data hold, for messages. */
  readonly title: string;
  /** Whether examples are drawn as they are needed, so that nothing is stored. */
  readonly drawn: boolean;
}

/** The kinds of data that a data set plugin may prepare. The names are on disk, so they stay. */
export const dataKinds = {
  "classified-images": { protocol: "few-shot-classification", title: "images of classes", drawn: false },
  "function-family": { protocol: "few-shot-regression", title: "a family of functions", drawn: true },
  "multi-task-images": {
    protocol: "multi-task",
    title: "images with a target for each of several tasks",
    drawn: false,
  },
  "task-examples": { protocol: "multi-task", title: "tasks with examples of their own", drawn: false },
} as const satisfies Record<string, DataKindFacts>;

/** The name of a kind of prepared data. */
export type DataKind = keyof typeof dataKinds;

/** The kinds whose examples are drawn as they are needed. */
type DrawnKind = { [K in DataKind]: (typeof dataKinds)[K]["drawn"] extends true ? K : never }[DataKind];

/** Whether data are drawn as they are needed, so that there is nothing to store. */
export const isDrawn = <D extends { readonly kind: DataKind }>(
  data: D,
): data is Extract<D, { readonly kind: DrawnKind }> => dataKinds[data.kind].drawn;
