export { readCheckpoint, writeCheckpoint, type Checkpoint, type Snapshot } from "./checkpoint.ts";
export { checkpointFile, parametersFile } from "./files.ts";
