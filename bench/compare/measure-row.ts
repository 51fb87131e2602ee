import { MetabenchError } from "@metabench/core";
import type { Started } from "../side/messages.ts";
import { startSide, type Side, type SideProgram } from "../side/side.ts";
import { compare, median, together, type Pair } from "./ratio.ts";
import type { RowReport } from "./report.ts";
import type { Row } from "./rows.ts";

/** How a comparison is measured. */
export interface Measurement {
  readonly ours: SideProgram;
  readonly peer: SideProgram;
  readonly pairs: number;
  readonly threads: number;
  /** Seconds of one measurement. */
  readonly seconds: number;
  /** File with the episodes of the meta-test. */
  readonly episodes: string;
}

/** The processes of one side, ready and warm. */
interface Team {
  readonly started: Started;
  /** Milliseconds a unit, all processes together, and the last value. */
  measure(): Promise<{ readonly milliseconds: number; readonly value: number }>;
  stop(): Promise<void>;
}

async function startTeam(program: SideProgram, workload: string, row: Row, how: Measurement): Promise<Team> {
  const threads = row.processes === 1 ? how.threads : 1;
  const request = { workload, threads, episodes: how.episodes };
  const sides: Side[] = [];
  for (let at = 0; at < row.processes; at += 1) sides.push(await startSide(program, request));
  const [first] = sides;
  if (first === undefined) throw new RangeError("no process");
  const units = first.started.units * row.perUnit;
  const ask = (seconds: number, least: number) =>
    Promise.all(sides.map((side) => side.measure({ seconds, least })));
  await ask(row.long ? 0 : how.seconds / 2, row.long ? 1 : 3);
  return {
    started: first.started,
    async measure() {
      const measured = await ask(row.long ? 0 : how.seconds, row.long ? 1 : 5);
      const values = measured.flatMap(({ value }) => (value === null ? [] : [value]));
      const [first] = values;
      if (first === undefined || values.length < measured.length)
        throw new MetabenchError(
          "not-finite",
          `${workload}: the loss of ${program.name} is not finite, so it did other work than it should. Run it alone with --only ${row.id}.`,
        );
      return {
        milliseconds: together(measured.map(({ milliseconds }) => median(milliseconds) / units)),
        value: first,
      };
    },
    async stop() {
      await Promise.all(sides.map((side) => side.stop()));
    },
  };
}

/**
 * Measures one row: ours, peer, ours, peer and so on, while the other side's processes idle.
 *
 * @throws MetabenchError `not-finite` for a loss that is none, `trial-failed` when a process ends, `contract-broken` when the models differ
 */
export async function measureRow(row: Row, how: Measurement, onPair: () => void): Promise<RowReport> {
  const ours = await startTeam(how.ours, row.ours, row, how);
  try {
    const peer = await startTeam(how.peer, row.peer, row, how);
    try {
      return await measurePairs(row, how, ours, peer, onPair);
    } finally {
      await peer.stop();
    }
  } finally {
    await ours.stop();
  }
}

async function measurePairs(
  row: Row,
  how: Measurement,
  ours: Team,
  peer: Team,
  onPair: () => void,
): Promise<RowReport> {
  if (ours.started.parameters !== peer.started.parameters)
    throw new MetabenchError(
      "contract-broken",
      `${row.id}: our model has ${String(ours.started.parameters)} parameters and the peer's ${String(peer.started.parameters)}. Make the models the same before comparing times.`,
    );
  const pairs: Pair[] = [];
  const values = { ours: NaN, peer: NaN };
  for (let pair = 0; pair < how.pairs; pair += 1) {
    const one = await ours.measure();
    const other = await peer.measure();
    pairs.push({ ours: one.milliseconds, peer: other.milliseconds });
    Object.assign(values, { ours: one.value, peer: other.value });
    onPair();
  }
  const comparison = compare(pairs);
  const { id, title, unit, bar, processes } = row;
  return {
    id,
    workload: title,
    unit,
    threads: processes === 1 ? how.threads : 1,
    processes,
    peer: peer.started.library,
    ...comparison,
    bar,
    met: bar === null ? null : comparison.ratio >= bar,
    parameters: ours.started.parameters,
    ours_value: values.ours,
    peer_value: values.peer,
    versions: { ...peer.started.versions, ...ours.started.versions },
  };
}
