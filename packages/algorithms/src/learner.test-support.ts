import {
  randomStream,
  sha256Hex,
  type Backbone,
  type BackbonePlugin,
  type LearnerContext,
  type ParameterSet,
  type Variables,
} from "@metabench/core";
import { startBackend } from "@metabench/harness/backend";
import { engine, memory, tensor } from "@tensorflow/tfjs-core";

/** Starts native TensorFlow; without it these tests would take minutes. */
export async function startNative(): Promise<void> {
  await startBackend({ prefer: "native", threads: 1 });
}

/** Runs `body` in an engine scope, as the harness does for every update and every episode. */
export function inScope<T>(body: () => T): T {
  engine().startScope();
  try {
    return body();
  } finally {
    engine().endScope();
  }
}

/** A context with a quiet log. */
export function learnerContext(backbone: Backbone, seed = 0, images = 100_000): LearnerContext {
  return {
    random: randomStream(`test/${String(seed)}`),
    signal: { aborted: false, throwIfAborted: () => undefined },
    log: { info: () => undefined, warn: () => undefined },
    backbone,
    budget: { examples: images, images },
    training: {},
  };
}

/** A backbone plugin for inputs of a shape. */
export const backboneFor = (
  plugin: BackbonePlugin,
  inputShape: readonly number[],
  options: unknown = {},
): Backbone => plugin.instantiate({ inputShape }, options);

const everything = ({ parameters, state }: ParameterSet): Variables => {
  const all: Variables = { ...parameters, ...state };
  if (Object.keys(all).length !== Object.keys(parameters).length + Object.keys(state).length)
    throw new Error("parameters and state share a name");
  return all;
};

/** Values of every variable of a learner, as numbers. */
export function save(learner: ParameterSet): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(
    Object.entries(everything(learner)).map(([name, v]) => [name, [...v.dataSync()]]),
  );
}

/** SHA-256 of every variable's values, in JSON that tells every float32 from the next: short to compare, and to print where two differ. */
const digest = (learner: ParameterSet): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(save(learner)).map(([name, values]) => [name, sha256Hex(JSON.stringify(values))]),
  );

/** Puts saved values back. */
export function restore(learner: ParameterSet, saved: ReturnType<typeof save>): void {
  inScope(() => {
    for (const [name, v] of Object.entries(everything(learner)))
      v.assign(tensor([...(saved[name] ?? [])], v.shape, v.dtype as "float32" | "int32"));
  });
}

/** Makes a learner in a scope; says which variables it registered that neither `parameters` nor `state` holds. */
export function make<L extends ParameterSet>(create: () => L): { learner: L; strays: readonly string[] } {
  const before = new Set(Object.values(engine().registeredVariables));
  const learner = inScope(create);
  const held = new Set(Object.values(everything(learner)));
  const strays = Object.values(engine().registeredVariables).filter((v) => !before.has(v) && !held.has(v));
  return { learner, strays: strays.map(({ name }) => name) };
}

/** Frees a learner's variables. */
export function dispose(learner: ParameterSet): void {
  for (const v of Object.values(everything(learner))) v.dispose();
}

/**
 * Trains six steps in one go, and three, saved, restored into a fresh learner, three more.
 *
 * @returns digests of the two final states, which must be equal
 */
export function resume<L extends ParameterSet>(
  create: () => L,
  train: (learner: L, step: number) => void,
): readonly [through: unknown, resumed: unknown] {
  const steps = (learner: L, from: number, to: number) => {
    for (let step = from; step < to; step += 1)
      inScope(() => {
        train(learner, step);
      });
  };
  const through = make(create).learner;
  steps(through, 0, 6);
  const first = make(create).learner;
  steps(first, 0, 3);
  const saved = save(first);
  const second = make(create).learner;
  restore(second, saved);
  steps(second, 3, 6);
  const states = [digest(through), digest(second)] as const;
  for (const learner of [through, first, second]) dispose(learner);
  return states;
}

/** How many tensors the second of two calls leaves behind (the first may fill caches). */
export function leaked(call: () => void): number {
  inScope(call);
  const { numTensors } = memory();
  inScope(call);
  return memory().numTensors - numTensors;
}

/** What is read of the predictor after `steps` steps alone. */
export function after<P, R>(predictors: Iterable<P>, steps: number, read: (predictor: P) => R): R {
  let step = 0;
  for (const predictor of predictors) {
    if (step === steps) return read(predictor);
    step += 1;
  }
  throw new Error(`only ${String(step)} predictors came`);
}

/** The first predictions of a generator: after steps 0 … `steps`, each read at once. */
export function draw<P, R>(predictors: Iterable<P>, steps: number, read: (predictor: P) => R): R[] {
  const results: R[] = [];
  for (const predictor of predictors) {
    results.push(read(predictor));
    if (results.length > steps) break;
  }
  return results;
}
