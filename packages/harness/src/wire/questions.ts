/** Support images with labels, and shuffled queries without: positions in the test's images. */
export interface ImageQuestion {
  readonly support: Uint32Array;
  readonly supportLabels: Int32Array;
  readonly query: Uint32Array;
}

/** Support points of a function with targets, and query inputs without: row-major. */
export interface FunctionQuestion {
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
  readonly query: Float32Array;
}

/** The test: everything but the answers. Images are bytes `[count, height, width, channels]` in an order that says nothing of classes. */
export type TestMessage =
  | {
      readonly type: "test";
      readonly kind: "few-shot-classification";
      readonly images: Uint8Array;
      readonly episodes: readonly ImageQuestion[];
    }
  | {
      readonly type: "test";
      readonly kind: "few-shot-regression";
      readonly episodes: readonly FunctionQuestion[];
    }
  | { readonly type: "test"; readonly kind: "multi-task"; readonly images: Uint8Array }
  | {
      readonly type: "test";
      readonly kind: "task-examples";
      /** Images as bytes, or vectors as numbers, in an order that says nothing of tasks and targets. */
      readonly inputs: Uint8Array | Float32Array;
      /** Positions in `inputs` that each task is asked about, rising. */
      readonly questions: readonly { readonly task: string; readonly positions: Uint32Array }[];
    };
