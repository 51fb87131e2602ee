import {
  randomStream,
  sha256Hex,
  streamPath,
  type FewShotRegressionProtocol,
  type FunctionFamily,
} from "@metabench/core";

/** A frozen regression task: row-major points of one function. */
export interface FunctionEpisode {
  /** `[shots, inputs]` and `[shots, outputs]`. */
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
  /** `[queries, inputs]`, the family's grid. */
  readonly query: Float32Array;
  /** `[queries, outputs]`: never sent to a plugin. */
  readonly answers: Float32Array;
}

/** The first `count` frozen tasks of a split; a shorter list is a prefix of a longer one. */
export function frozenFunctions(
  family: FunctionFamily,
  protocol: FewShotRegressionProtocol,
  split: "validation" | "test",
  count: number,
): readonly FunctionEpisode[] {
  const grid = family.grid(protocol.queries);
  const query = Float32Array.from(grid.flat());
  return Array.from({ length: count }, (_, index) => {
    const random = randomStream(`${streamPath(protocol, split, "functions")}/${String(index)}`);
    const f = family.draw(random);
    const support = Array.from({ length: protocol.shots }, () => family.input(random));
    return {
      inputs: Float32Array.from(support.flat()),
      targets: Float32Array.from(support.flatMap((x) => f(x))),
      query,
      answers: Float32Array.from(grid.flatMap((x) => f(x))),
    };
  });
}

/** SHA-256 over inputs, targets, queries and answers of every task, as little-endian float32. */
export function functionsHash(episodes: readonly FunctionEpisode[]): string {
  const parts = episodes.flatMap(({ inputs, targets, query, answers }) => [inputs, targets, query, answers]);
  const bytes = new DataView(new ArrayBuffer(4 * parts.reduce((total, part) => total + part.length, 0)));
  let at = 0;
  for (const part of parts)
    for (const value of part) {
      bytes.setFloat32(at, value, true);
      at += 4;
    }
  return sha256Hex(new Uint8Array(bytes.buffer));
}
