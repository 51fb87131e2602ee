export { loadPrepared } from "./load.ts";
export { prepareDataset } from "./prepare-dataset.ts";
export { datasetStatus } from "./status.ts";
export type { DatasetStatus } from "./status.ts";
export type { LoadedData } from "./load.ts";
