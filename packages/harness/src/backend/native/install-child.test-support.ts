import process from "node:process";
import { install } from "./install.ts";
import { Obstacle } from "./obstacle.ts";

// One set-up in a process of its own: options as JSON in the first argument, lines of progress and then the outcome as JSON lines on stdout.
const { source, ...options } = JSON.parse(process.argv[2] ?? "") as Omit<
  Parameters<typeof install>[1],
  "report"
> & {
  readonly source: Parameters<typeof install>[0];
};
const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
try {
  say({ outcome: await install(source, { ...options, report: (progress) => say({ progress }) }) });
} catch (error) {
  if (!(error instanceof Obstacle)) throw error;
  say({ obstacle: { reason: error.reason, message: error.message } });
}
