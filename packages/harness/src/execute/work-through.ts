import { setTimeout as wait } from "node:timers/promises";

/** How {@link workThrough} goes about its list. */
export interface WorkOptions<T> {
  /** Items worked on at the same time. */
  readonly jobs: number;
  /** Whether an item can be begun; one that cannot is looked at again when another has ended. */
  ready(item: T): boolean;
  /** Does the work of one item; false where another process is doing it. */
  attempt(item: T): Promise<boolean>;
  /** Milliseconds between two looks at items that other processes are doing. */
  readonly pollMs: number;
  readonly signal: AbortSignal;
}

/**
 * Works through a list that other processes may be working through too: takes the first item that is free, and waits only where nothing
 * else is left.
 *
 * @throws what `attempt` throws first, or the signal's reason, once every item that was begun has ended
 */
export async function workThrough<T>(
  items: readonly T[],
  { jobs, ready, attempt, pollMs, signal }: WorkOptions<T>,
): Promise<void> {
  const left = new Set(items);
  const inHand = new Set<T>();
  let ended = Promise.withResolvers<undefined>();
  const failure = new AbortController();
  const stop = AbortSignal.any([signal, failure.signal]);

  /** Does the first item that is free; false where there is none. */
  const doOne = async (): Promise<boolean> => {
    for (const item of [...left]) {
      stop.throwIfAborted();
      if (inHand.has(item) || !left.has(item) || !ready(item)) continue;
      inHand.add(item);
      try {
        if (!(await attempt(item))) continue;
        left.delete(item);
        return true;
      } finally {
        inHand.delete(item);
      }
    }
    return false;
  };
  const work = async (): Promise<void> => {
    while (left.size > 0)
      if (await doOne()) {
        ended.resolve(undefined);
        ended = Promise.withResolvers();
      } else if (left.size > 0)
        await Promise.race([ended.promise, wait(pollMs, undefined, { signal: stop })]);
  };
  const workers = Array.from({ length: Math.min(jobs, items.length) }, async () =>
    work().catch((error: unknown) => {
      failure.abort(error);
      throw error;
    }),
  );
  // Every worker gives back what it holds before this ends.
  const outcomes = await Promise.allSettled(workers);
  const failed = outcomes.filter((outcome) => outcome.status === "rejected");
  if (failed.length > 0) throw failure.signal.aborted ? failure.signal.reason : failed[0]?.reason;
}
