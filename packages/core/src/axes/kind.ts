import type { Input } from "./input.ts";
import { regimes, type Regime } from "./regime.ts";
import type { Target } from "./target.ts";

/** A point on the three axes: how tasks are met, what is predicted, from what. */
export interface Axes {
  readonly regime: Regime;
  readonly target: Target;
  readonly input: Input;
}

/** What a name of a protocol's kind stands for. */
export interface KindFacts extends Axes {
  /** Heading of its protocols. */
  readonly title: string;
}

/**
 * The names of kinds in protocols and records, and the axes they stand for. The names are on disk, so they stay.
 *
 * `target` and `input` hold where a record does not name its data set's own.
 */
export const kinds = {
  "few-shot-classification": {
    regime: "few-shot",
    target: "class",
    input: "image",
    title: "Few-shot classification",
  },
  "few-shot-regression": {
    regime: "few-shot",
    target: "values",
    input: "vector",
    title: "Few-shot regression",
  },
  "multi-task": {
    regime: "multi-task",
    target: "class",
    input: "image",
    title: "Multi-task learning",
  },
} as const satisfies Record<string, KindFacts>;

/** The name of a protocol's kind, as it stands on disk. */
export type Kind = keyof typeof kinds;

/** All names of kinds, in the order in which tables are listed. */
export const kindIds = Object.keys(kinds) as Kind[];

/** What a record says of its data set's axes; absent where they are those of the protocol's kind. */
export interface DataAxes {
  readonly input?: Input | undefined;
  readonly target?: Target | undefined;
}

/** The algorithm against which a protocol's methods are held, which learns each task alone; null where there is none. */
export function referenceAlgorithm(kind: Kind, data?: DataAxes): string | null {
  const { regime, target } = axesOf(kind, data);
  return regimes[regime].reference[target];
}

/** The axes of a protocol, with those of its data set where it names them. */
export function axesOf(kind: Kind, data: DataAxes = {}): Axes {
  const { regime, target, input } = kinds[kind];
  return { regime, target: data.target ?? target, input: data.input ?? input };
}
