/** One thing to time in this process. */
export interface Benchmark {
  /** `kernel`, `block`, `training`, `adaptation`, `evaluation`, `sampling` or `start-up`. */
  readonly group: string;
  readonly name: string;
  /** Items that one run processes: 1 for an update, 1000 for a thousand index episodes. */
  readonly units: number;
  /** Makes it ready, and returns what to time and how to free what was made. */
  prepare(): { run(): unknown; free?(): void };
}
