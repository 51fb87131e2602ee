import { startBackend } from "@metabench/harness/backend";

// The body of a child process: what a trial's process does before its trial.
await startBackend({ prefer: "native" });
