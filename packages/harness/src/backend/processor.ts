import { cpus } from "node:os";
import process from "node:process";

/** The processor's model, as the operating system names it. */
export function processorName(): string {
  return cpus()[0]?.model.trim() ?? process.arch;
}
