import { MetabenchError } from "../errors.ts";
import { chooseInto } from "./choose.ts";
import { randomStream } from "./random.ts";
import type { Random } from "./random.ts";
import { sha256Hex } from "./sha256.ts";

/**
 * Which examples belong to which class of a split, without an object a class: class c owns
 * `examples[offsets[c]]` … `examples[offsets[c + 1] - 1]`.
 */
export interface ClassIndex {
  /** `[classes + 1]`, from 0, never falling. */
  readonly offsets: Uint32Array;
  /** `[examples]`: positions in the split's image array. */
  readonly examples: Uint32Array;
}

/** How large an episode is: `ways` classes, `shots` support and `queries` query images *of each class*. */
export interface EpisodeShape {
  readonly ways: number;
  readonly shots: number;
  readonly queries: number;
}

/** An episode as positions in a split; the images are looked up where they are needed. */
export interface IndexEpisode {
  /** `[ways]`: the classes in the drawn order; the class at position w has label w. */
  readonly classes: Uint32Array;
  /** `[ways · shots]`, class by class. */
  readonly support: Uint32Array;
  /** `[ways · shots]`: 0 … 0, 1 … 1, up to ways − 1. */
  readonly supportLabels: Int32Array;
  /** `[ways · queries]`, shuffled, so that the order does not give the labels away. */
  readonly query: Uint32Array;
  /** `[ways · queries]`, in the order of `query`. */
  readonly queryLabels: Int32Array;
}

/**
 * The index of a split whose example i has class `labels[i]`; every class in the order of its examples.
 *
 * @throws MetabenchError `invalid-usage` if a label is not below `classes`.
 */
export function classIndex(labels: ArrayLike<number>, classes: number): ClassIndex {
  const offsets = new Uint32Array(classes + 1);
  for (let i = 0; i < labels.length; i += 1) {
    const label = labels[i] ?? -1;
    if (!(Number.isInteger(label) && label >= 0 && label < classes))
      throw new MetabenchError(
        "invalid-usage",
        `Example ${i} has label ${label}, but there are ${classes} classes; labels must be 0 to ${classes - 1}.`,
      );
    offsets[label + 1] = (offsets[label + 1] ?? 0) + 1;
  }
  for (let c = 0; c < classes; c += 1) offsets[c + 1] = (offsets[c] ?? 0) + (offsets[c + 1] ?? 0);
  const next = offsets.slice();
  const examples = new Uint32Array(labels.length);
  for (let i = 0; i < labels.length; i += 1) {
    const label = labels[i] ?? 0;
    const at = next[label] ?? 0;
    examples[at] = i;
    next[label] = at + 1;
  }
  return { offsets, examples };
}

/** Refuses, in numbers, an episode that the split cannot fill, whichever classes are drawn. */
function checkShape({ offsets }: ClassIndex, { ways, shots, queries }: EpisodeShape): void {
  for (const [name, count, least] of [
    ["ways", ways, 1],
    ["shots", shots, 1],
    ["queries", queries, 0],
  ] as const)
    if (!Number.isInteger(count) || count < least)
      throw new MetabenchError(
        "invalid-protocol",
        `An episode cannot have ${count} ${name}; give an integer of ${least} or more.`,
      );
  const classes = offsets.length - 1;
  if (classes < ways)
    throw new MetabenchError(
      "invalid-protocol",
      `${ways}-way episodes need at least ${ways} classes, the split has ${classes}; choose at most ${classes} ways or a larger split.`,
    );
  const needed = shots + queries;
  for (let c = 0; c < classes; c += 1) {
    const size = (offsets[c + 1] ?? 0) - (offsets[c] ?? 0);
    if (size < needed)
      throw new MetabenchError(
        "invalid-protocol",
        `${shots}-shot episodes with ${queries} queries need at least ${needed} examples in every class, class ${c} of the split has ${size}; choose fewer shots or queries.`,
      );
  }
}

/** Draws one episode after another from a split, of one shape checked once. */
export type EpisodeSampler = (random: Random, queryRandom: Random) => IndexEpisode;

/**
 * A sampler of episodes: `ways` classes without replacement, then of each class `shots` support and `queries` query
 * images without overlap. `random` draws classes and images, `queryRandom` shuffles the queries, so that neither
 * moves the other.
 *
 * @throws MetabenchError `invalid-protocol` if the split has too few classes, or some class too few examples.
 */
export function episodeSampler(index: ClassIndex, shape: EpisodeShape): EpisodeSampler {
  checkShape(index, shape);
  const { offsets, examples } = index;
  const { ways, shots, queries } = shape;
  const classCount = offsets.length - 1;
  const positions = new Uint32Array(shots + queries);

  return (random, queryRandom) => {
    const classes = new Uint32Array(ways);
    const support = new Uint32Array(ways * shots);
    const supportLabels = new Int32Array(ways * shots);
    const query = new Uint32Array(ways * queries);
    const queryLabels = new Int32Array(ways * queries);
    chooseInto(classes, 0, ways, classCount, random.below);
    for (let way = 0; way < ways; way += 1) {
      const chosenClass = classes[way] ?? 0;
      const start = offsets[chosenClass] ?? 0;
      chooseInto(positions, 0, shots + queries, (offsets[chosenClass + 1] ?? 0) - start, random.below);
      for (let i = 0; i < shots; i += 1) {
        support[way * shots + i] = examples[start + (positions[i] ?? 0)] ?? 0;
        supportLabels[way * shots + i] = way;
      }
      for (let i = 0; i < queries; i += 1) {
        query[way * queries + i] = examples[start + (positions[shots + i] ?? 0)] ?? 0;
        queryLabels[way * queries + i] = way;
      }
    }
    shuffleTogether(query, queryLabels, queryRandom);
    return { classes, support, supportLabels, query, queryLabels };
  };
}

/** One episode; {@link episodeSampler} spares the check of the split where many are drawn. Throws as it does. */
export function sampleEpisode(
  index: ClassIndex,
  shape: EpisodeShape,
  random: Random,
  queryRandom: Random,
): IndexEpisode {
  return episodeSampler(index, shape)(random, queryRandom);
}

function shuffleTogether(query: Uint32Array, labels: Int32Array, random: Random): void {
  for (let last = query.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1);
    const image = query[last] ?? 0;
    const label = labels[last] ?? 0;
    query[last] = query[other] ?? 0;
    labels[last] = labels[other] ?? 0;
    query[other] = image;
    labels[other] = label;
  }
}

/**
 * The first `count` episodes of a frozen list: episode e is drawn from the stream `path + "/" + e` and its queries
 * are shuffled by `path + "/" + e + "/queries"`. So the list depends on its arguments alone, and a shorter list is a
 * prefix of a longer one.
 *
 * @throws MetabenchError `invalid-protocol` as {@link episodeSampler}.
 */
export function frozenEpisodes(
  index: ClassIndex,
  shape: EpisodeShape,
  count: number,
  path: string,
): readonly IndexEpisode[] {
  const sample = episodeSampler(index, shape);
  return Array.from({ length: count }, (_, e) => {
    const random = randomStream(`${path}/${e}`);
    return sample(random, random.fork("queries"));
  });
}

/**
 * SHA-256 of a list of episodes: of each, its numbers of classes, support and query images, then classes, support,
 * query and query labels, all as little-endian 32-bit words. (The support's labels follow from its order.)
 */
export function episodesHash(episodes: readonly IndexEpisode[]): string {
  const words = episodes.reduce(
    (total, { classes, support, query }) => total + 3 + classes.length + support.length + 2 * query.length,
    0,
  );
  const bytes = new DataView(new ArrayBuffer(4 * words));
  let at = 0;
  const append = (values: ArrayLike<number>) => {
    for (let i = 0; i < values.length; i += 1, at += 4) bytes.setUint32(at, values[i] ?? 0, true);
  };
  for (const { classes, support, query, queryLabels } of episodes)
    for (const part of [[classes.length, support.length, query.length], classes, support, query, queryLabels])
      append(part);
  return sha256Hex(new Uint8Array(bytes.buffer));
}
