import { MetabenchError, type AnyAlgorithm } from "@metabench/core";
import { startBackend } from "../backend/index.ts";
import { describeThrown } from "../plugins/index.ts";
import { appliesTo, type Check } from "./check.ts";
import { checks } from "./checks/index.ts";
import { withSubject } from "./subject.ts";

/** A check of one plugin, ready for any test runner. */
export interface ConformanceCheck {
  readonly name: string;
  /** What is kept, in a sentence for people. */
  readonly sentence: string;
  /**
   * Makes learners of the plugin on tiny generated data and looks at them. Starts a backend where none runs yet.
   *
   * @throws MetabenchError `contract-broken` or `not-finite`; the message says what is wrong and what to fix
   */
  run(): Promise<void>;
}

/** What {@link conformance} may be told. */
export interface ConformanceOptions {
  /** Options of the plugin to check it with; its defaults otherwise. */
  readonly options?: unknown;
  /** Backend to compute on; `auto` by default. */
  readonly backend?: "auto" | "native" | "wasm";
}

/** What reading the answers in `adapt` or `predict` comes to: there is nothing to read. */
const labelsOfQueries = /undefined \(reading '(query|labels|targets)'\)/;

/** What the plugin threw, as something to fix. */
function explain(error: unknown): MetabenchError {
  if (error instanceof MetabenchError)
    return new MetabenchError(error.code, describeThrown(error), { cause: error });
  const said = describeThrown(error).replace(/\.$/, "");
  const why = labelsOfQueries.test(said)
    ? " In testing, adapt() is given a support set and predict() inputs, never the labels of queries."
    : "";
  return new MetabenchError("contract-broken", `The plugin threw ${said}; fix it there.${why}`, {
    cause: error,
  });
}

async function run(check: Check, plugin: AnyAlgorithm, given: ConformanceOptions): Promise<void> {
  await startBackend({ prefer: given.backend, threads: 1 });
  let mend: string | null;
  try {
    mend = await withSubject(plugin, given.options ?? {}, (subject) => check.look(subject));
  } catch (error) {
    throw explain(error);
  }
  if (mend !== null) throw new MetabenchError("contract-broken", mend);
}

/**
 * The checks that a learner must pass, as far as they apply to its setting: `for (const { name, run } of conformance(plugin)) test(name, run)`.
 *
 * One at a time: TensorFlow.js has one engine a process.
 */
export function conformance(
  plugin: AnyAlgorithm,
  given: ConformanceOptions = {},
): readonly ConformanceCheck[] {
  return checks
    .filter(({ applies }) => appliesTo(applies, plugin.setting))
    .map((check) => ({
      name: check.name,
      sentence: check.sentence,
      run: async () => run(check, plugin, given),
    }));
}
