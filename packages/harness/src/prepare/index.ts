export { loadPrepared } from "./load.ts";
export type { LoadedData } from "./load.ts";
export { prepareDataset } from "./prepare-dataset.ts";
export type { PreparedDataset, PrepareOptions } from "./prepare-dataset.ts";
export type { OnProgress, Progress } from "./progress.ts";
export { datasetStatus, describeStatus } from "./status.ts";
export type { DatasetStatus } from "./status.ts";
