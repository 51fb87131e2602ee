/** What is simulated. Scores are in shares, so 0.01 is a point. */
export interface GateSimulation {
  readonly sets: number;
  readonly cells: number;
  /** Standard deviation of one seed's score. */
  readonly deviation: number;
  /** Between the scores of one seed on both sides. */
  readonly correlation: number;
  /** What the first cell of the candidate loses; the others lose nothing. */
  readonly drop: number;
  readonly margin: number;
  /** Share of seeds that collapse by 20 points, on both sides. Default: none. */
  readonly collapses?: number;
}
/** What became of the sets. */
export interface SimulatedGate {
  /** Share of sets in which some cell is called a regression. */
  readonly alarms: number;
  /** Share in which every cell is called "no regression" or better. */
  readonly passed: number;
  /** Mean number of candidate seeds of a cell. */
  readonly seeds: number;
}
/** Runs the gate on simulated seeds, with core's own decision. */
export declare function simulateGate(simulation: GateSimulation): SimulatedGate;
//# sourceMappingURL=simulated-gate.d.ts.map
