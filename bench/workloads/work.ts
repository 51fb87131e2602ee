/** A workload that is ready to be measured. */
export interface Work {
  /** Does the work once; returns a loss (or another number) that shows it was done. */
  run(): number | Promise<number>;
  /** Numbers that training moves. */
  readonly parameters: number;
  /** Units of work in one run, where a run has more than one. */
  readonly units: number;
}
