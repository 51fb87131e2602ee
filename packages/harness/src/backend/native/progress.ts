/** Takes one line of progress; the caller decides where it goes. */
export type Report = (line: string) => void;

/** Says what begins, does it, and says how long it took. */
export async function timed<T>(report: Report, what: string, work: () => Promise<T>): Promise<T> {
  report(`${what} …`);
  const start = performance.now();
  const result = await work();
  report(`${what}: done in ${seconds(performance.now() - start)}`);
  return result;
}

/** Milliseconds as a person reads them: `12 ms`, `3.4 s`. */
export function seconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
