/** Runs before each file of the project `pure`, whose files share a process: a file that changes the process fails. */
import process from "node:process";
import { isDeepStrictEqual } from "node:util";
import { afterAll } from "vitest";

/** The part of TensorFlow.js' engine that lists its backends; the engine is a global from the first import on. */
interface Engine {
  readonly registryFactory: Readonly<Record<string, unknown>>;
}

const shared = (): Readonly<Record<string, unknown>> => ({
  "the working directory": process.cwd(),
  "the environment": { ...process.env },
  "process.exit": process.exit,
  "process.exitCode": process.exitCode,
  "Date.now": Date.now,
  "Math.random": Math.random,
  "the backends of TensorFlow.js": Object.keys(
    (globalThis as { readonly _tfengine?: Engine })._tfengine?.registryFactory ?? {},
  ),
});

const before = shared();

afterAll(() => {
  const after = shared();
  const changed = Object.keys(before).filter((name) => !isDeepStrictEqual(before[name], after[name]));
  if (changed.length > 0)
    throw new Error(
      `This file changes ${changed.join(" and ")} for the files after it. Undo the change in the test, ` +
        "or give the file a process of its own: add it to `ownProcess` in vitest.config.ts.",
    );
});
