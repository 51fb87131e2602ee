import type { Row } from "@metabench/core";
import type { Cell } from "./cell.ts";

/** One column of standings. */
export interface Column {
  readonly key: string;
  readonly head: string;
  readonly unit?: string;
  /** Name of its definition on the methodology page. */
  readonly anchor: string;
  /** Which way is better; null where neither is. */
  readonly better: "higher" | "lower" | null;
  /** Whether intervals of the column are drawn, on one scale. */
  readonly drawn?: boolean;
  cell(row: Row): Cell;
}
