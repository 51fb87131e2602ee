import { basename } from "node:path";
import {
  defineDataset,
  randomStream,
  type Normalisation,
  type SplitName,
  type TaskSplit,
  type TaskTargets,
} from "@metabench/core";
import { z } from "zod";
import { readMaybeGzip } from "./formats/idx.ts";
import { features, schoolsOf, type School } from "./school-file.ts";

const splits = 10;

/** The features that are percentages; each other one is 0 or 1. */
const percentages = [3, 4];

/** Parts the pupils of one school: a quarter for testing, a twentieth (at least one) for validation, the rest for training. */
export function partPupils(pupils: number, path: string): Readonly<Record<SplitName, Uint32Array>> {
  const order = randomStream(path).permutation(pupils);
  const notTest = Math.round((3 * pupils) / 4);
  const validation = Math.max(1, Math.round(pupils / 20));
  const part = (from: number, to: number) => order.slice(from, to).sort();
  return {
    train: part(0, notTest - validation),
    validation: part(notTest - validation, notTest),
    test: part(notTest, pupils),
  };
}

const taskId = (school: number) => `school-${String(school + 1).padStart(3, "0")}`;

/** Copies the chosen pupils of each school, school by school, in the order of the file. */
function gather(all: readonly School[], chosen: readonly Uint32Array[]): TaskSplit & { readonly inputs: Float32Array } {
  const total = chosen.reduce((sum, pupils) => sum + pupils.length, 0);
  const inputs = new Float32Array(total * features);
  const tasks: Record<string, TaskTargets> = {};
  let row = 0;
  for (const [i, school] of all.entries()) {
    const pupils = chosen[i] ?? new Uint32Array();
    const first = row;
    for (const pupil of pupils) {
      for (let column = 0; column < features; column += 1)
        inputs[row * features + column] = school.features[column * school.pupils + pupil] ?? NaN;
      row += 1;
    }
    tasks[taskId(i)] = {
      examples: Uint32Array.from(pupils, (_, at) => first + at),
      targets: Float32Array.from(pupils, (pupil) => school.scores[pupil] ?? NaN),
    };
  }
  return { inputs, tasks };
}

/** Scales the percentages by the training pupils' mean and deviation, to two decimals. What is 0 or 1 stays so. */
function normalisationOf(inputs: Float32Array): Normalisation {
  const count = inputs.length / features;
  const mean = Array.from({ length: features }, () => 0);
  const deviation = Array.from({ length: features }, () => 1);
  for (const column of percentages) {
    // Sums of whole numbers, so exact.
    let [sum, squares] = [0, 0];
    for (let at = column; at < inputs.length; at += features) {
      const value = inputs[at] ?? NaN;
      sum += value;
      squares += value * value;
    }
    const average = sum / count;
    mean[column] = Number(average.toFixed(2));
    deviation[column] = Number(Math.sqrt(squares / count - average * average).toFixed(2));
  }
  return { mean, deviation };
}

const commit = "fb9751594983df020ddc4f7e4a40520ee7c37989";
const published = `https://raw.githubusercontent.com/jiayuzhou/MALSAR/${commit}/data/school.mat`;

/** Computed by this code from the published file, one per split. */
const contentHashes: readonly string[] = [];

/**
 * School: the examination scores of 15,362 pupils of 139 London secondary schools, a task per school.
 *
 * The 28 features of a pupil say the year, and describe the pupil and the school. Two are percentages of the school, the others are 0 or 1,
 * and the last is 1 for everyone. The scores run from 1 to 70.
 *
 * Each of ten splits gives a random quarter of each school's pupils to the test, as is usual since Argyriou, Evgeniou, Pontil 2008. Split n
 * permutes the pupils of a school by `randomStream("school/split/<n>/<task>")`, and never changes.
 *
 * As tasks: Bakker, Heskes 2003, section 5.1.
 */
export const school = defineDataset({
  id: "school",
  version: "1.0.0",
  title: "School",
  summary:
    "Examination scores of 15,362 pupils of 139 London schools. Each school is a task with pupils of its own; inputs are 28 numbers.",
  reference: {
    title: "Task Clustering and Gating for Bayesian Multitask Learning",
    authors: ["Bart Bakker", "Tom Heskes"],
    year: 2003,
    url: "https://www.jmlr.org/papers/v4/bakker03a.html",
  },
  licence: {
    name: "none stated (data of the Inner London Education Authority)",
    url: "https://github.com/jiayuzhou/MALSAR",
  },
  input: "vector",
  target: "values",
  options: z.strictObject({
    /** Which of the ten random splits of each school's pupils. */
    split: z
      .int()
      .min(0)
      .max(splits - 1)
      .default(0),
  }),
  sources: () => [
    {
      from: "data-root",
      name: "school",
      file: "school/school.mat",
      alternatives: ["school.mat"],
      url: published,
      checksum: {
        algorithm: "sha256",
        value: "57fb3238fdd03a9aa17276e2ce18d9bbb5d128c3261e794fe6233b58b6909068",
      },
      instructions: `Fetch ${published} and put it into the folder school of a data root.`,
    },
  ],
  contentHash: ({ split }) => contentHashes[split] ?? null,
  async prepare(files, { split }) {
    const path = files["school"] ?? "";
    const all = schoolsOf(await readMaybeGzip(path), basename(path));
    const parts = all.map(({ pupils }, i) =>
      partPupils(pupils, `school/split/${String(split)}/${taskId(i)}`),
    );
    const of = (name: SplitName) =>
      gather(
        all,
        parts.map((part) => part[name]),
      );
    const train = of("train");
    return {
      kind: "task-examples",
      input: { kind: "vector", features, normalisation: normalisationOf(train.inputs) },
      tasks: all.map((_, i) => ({ id: taskId(i), target: "values", values: 1 })),
      splits: { train, validation: of("validation"), test: of("test") },
    };
  },
});
