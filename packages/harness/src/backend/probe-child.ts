import process from "node:process";
import { startBackend } from "./start.ts";

// The body of a child process: starts the backend as a trial would and tells the parent what it got.
const start = performance.now();
const info = await startBackend();
process.send?.({ ...info, milliseconds: performance.now() - start });
process.disconnect();
