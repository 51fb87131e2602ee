import { randomStream, type Random, type RandomState } from "@metabench/core";

/** States of streams, by path and order of forking. */
export type StreamStates = Readonly<Record<string, RandomState>>;

/** A stream whose descendants are known, so that a checkpoint can hold where each stands. */
export interface TrackedRandom {
  readonly random: Random;
  /** From here on new forks are not tracked: what `create` did not keep cannot carry state from one update to the next. */
  seal(): void;
  states(): StreamStates;
  /** Every stream continues from its state. */
  restore(states: StreamStates): void;
}

/** The stream of a path, for a plugin's `create`. */
export function trackedRandom(path: string): TrackedRandom {
  const streams = new Map<string, Random>();
  let sealed = false;

  const track = (stream: Random): Random => {
    let name = stream.path;
    for (let again = 2; streams.has(name); again += 1) name = `${stream.path}#${String(again)}`;
    streams.set(name, stream);
    return { ...stream, fork: (below) => (sealed ? stream.fork(below) : track(stream.fork(below))) };
  };

  return {
    random: track(randomStream(path)),
    seal: () => {
      sealed = true;
    },
    states: () => Object.fromEntries([...streams].map(([name, stream]) => [name, stream.state()])),
    restore: (states) => {
      for (const [name, state] of Object.entries(states)) streams.get(name)?.restore(state);
    },
  };
}
