import process from "node:process";

/** Standard output, kept for what the command was run for. */
export interface StandardOutput {
  write(text: string): void;
  /** Resolves when everything written is out, or cannot be. */
  flushed(): Promise<void>;
}

/**
 * Keeps standard output for data: whatever else in the process prints there from now on, such as a plugin with `console.log`, goes to
 * standard error.
 */
export function keepStandardOutput(): StandardOutput {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  return {
    write: (text) => void write(text),
    flushed: async () =>
      new Promise((resolve) => {
        write("", () => {
          resolve();
        });
      }),
  };
}
