import { axesOfTable, inputs, regimes, type Row, type Table } from "@metabench/core";
import { megabytes, significant, whole } from "../format/number.ts";
import { missing, plain, type Cell } from "./cell.ts";
import type { Column } from "./column.ts";

const timing = (which: "adaptationMs" | "predictionMs", otherwise: string) => ({
  cell({ cost }: Row): Cell {
    if (!cost) return missing("failed");
    const time = cost[which];
    if (!time) return missing(otherwise);
    return { figure: significant(time.median), detail: `p95 ${significant(time.p95)}`, sort: time.median };
  },
});

const untrained = ({ learningCurves }: Row) => learningCurves.every(({ points }) => points.length === 0);

/** The cost of a method: time per task, training time, memory, size. */
export function costColumns(table: Table): Column[] {
  const { regime, input } = axesOfTable(table);
  const { adapts, timed } = regimes[regime];
  const adaptation: Column = {
    key: "adaptation-ms",
    head: "Adaptation",
    unit: "ms per task",
    anchor: "adaptation-time",
    better: "lower",
    ...timing("adaptationMs", "does not adapt"),
  };
  return [
    ...(adapts ? [adaptation] : []),
    {
      key: "prediction-ms",
      head: "Prediction",
      unit: `ms ${timed}`,
      anchor: "prediction-time",
      better: "lower",
      ...timing("predictionMs", "not timed"),
    },
    {
      key: "training-seconds",
      head: "Training",
      unit: "s",
      anchor: "training-time",
      better: "lower",
      cell: (row) => {
        if (!row.cost) return missing("failed");
        return untrained(row) ? missing("no training") : plain(row.cost.trainingSeconds, significant, "");
      },
    },
    {
      key: "images-per-second",
      head: "Throughput",
      unit: `${inputs[input].processed}/s`,
      anchor: "throughput",
      better: "higher",
      cell: ({ cost }) => (cost ? plain(cost.imagesPerSecond, whole, "no training") : missing("failed")),
    },
    {
      key: "memory",
      head: "Peak memory",
      unit: "MB",
      anchor: "memory",
      better: "lower",
      cell: ({ cost }) => (cost ? plain(cost.peakMemoryBytes, megabytes, "") : missing("failed")),
    },
    {
      key: "parameters",
      head: "Parameters",
      anchor: "memory",
      better: "lower",
      cell: ({ cost }) => (cost ? plain(cost.parameters, whole, "") : missing("failed")),
    },
  ];
}
