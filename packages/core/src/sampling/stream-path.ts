/** What of a protocol is part of the names of its random streams. */
interface Streams {
  readonly id: string;
  readonly version: number;
  readonly dataset: { readonly id: string };
}

/**
 * Path of a random stream: `<protocol>@<version>/<data set>/<split>/<purpose>`. In training the seed follows.
 *
 * The path decides every number that is drawn, and no identity holds it: another path changes results without a trace.
 */
export function streamPath({ id, version, dataset }: Streams, split: string, purpose: string): string {
  return `${id}@${String(version)}/${dataset.id}/${split}/${purpose}`;
}
