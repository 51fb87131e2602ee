import { tensor1d, variable } from "@tensorflow/tfjs-core";
import type { Random, Variables } from "@metabench/core";

/** A random stream whose position is in a variable, so that a learner restored from its state continues there. */
export interface ResumableRandom {
  /** Runs `f` with the stream at its place, and keeps where it then stands. */
  use<T>(f: (random: Random) => T): T;
  readonly state: Variables;
}

/** Makes a stream resumable. Nobody else may draw from it. */
export function resumableRandom(random: Random): ResumableRandom {
  const words = () => tensor1d([...random.state()], "int32");
  const place = variable(words(), false);
  return {
    state: { random: place },
    use(f) {
      random.restore([...place.dataSync()]);
      const result = f(random);
      const after = words();
      place.assign(after);
      after.dispose();
      return result;
    },
  };
}
