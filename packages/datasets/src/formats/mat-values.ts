/** Numbers of a MATLAB array. */
export interface MatMatrix {
  readonly kind: "matrix";
  /** Length of each dimension; two or more. */
  readonly shape: readonly number[];
  /** The numbers column by column: the first index runs fastest. */
  readonly values: Float64Array;
}

/** A MATLAB cell array, whose cells may differ in kind and shape. */
export interface MatCells {
  readonly kind: "cells";
  readonly shape: readonly number[];
  /** The cells column by column: the first index runs fastest. */
  readonly cells: readonly MatValue[];
}

/** A variable of a kind that is not read, such as a struct, text or a sparse matrix. */
export interface MatUnread {
  readonly kind: "unread";
  /** The variable's class in words. */
  readonly what: string;
}

/** What a variable of a MAT-file holds. */
export type MatValue = MatMatrix | MatCells | MatUnread;
