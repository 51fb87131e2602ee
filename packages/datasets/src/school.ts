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

/**
 * Parts the pupils of one school: a quarter of their random order for the test, of the others a twentieth of all (at least one) for
 * validation, the rest for training.
 *
 * @param path names the random order
 * @param quarter which quarter of the order is the test, 0 … 3
 */
export function partPupils(
  pupils: number,
  path: string,
  quarter: number,
): Readonly<Record<SplitName, Uint32Array>> {
  const order = randomStream(path).permutation(pupils);
  const [start, end] = [Math.floor((quarter * pupils) / 4), Math.floor(((quarter + 1) * pupils) / 4)];
  const rest = Uint32Array.from([...order.subarray(0, start), ...order.subarray(end)]);
  const training = rest.length - Math.max(1, Math.round(pupils / 20));
  return {
    train: rest.slice(0, training).sort(),
    validation: rest.slice(training).sort(),
    test: order.slice(start, end).sort(),
  };
}

const taskId = (school: number) => `school-${String(school + 1).padStart(3, "0")}`;

/** Copies the chosen pupils of each school, school by school, in the order of the file. */
function gather(
  all: readonly School[],
  chosen: readonly Uint32Array[],
): TaskSplit & { readonly inputs: Float32Array } {
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
const contentHashes: readonly string[] = [
  "aebf0e2104cfb558649011e013ae442c3675251318e3857e9e543fb430faa976",
  "b84378c8013e99f6b02154e0c0558fd96b5fbf5f918aaab946526653b2fa266a",
  "92b6dd5b0fe954f6bad2ec4370f1f86e3f66773a490d27ee2d6194a92f6e6f5e",
  "8fb51f8497a86c2a5ac05943598229e181a55d9cf592d23390dc9af4269c2722",
  "b394eef1d16eb515b224b41651578cc654acd181539f09d63d616bf9cada839b",
  "5a3359eb236fb7513df633d150d1f28d68bf5cdd45c7f6b6639ca5f3f3a1bbc9",
  "31ee9eddab976d42d1477d77925504061d76ad18b75f5a2d6b0c3a9fcd164466",
  "dafa3bbbef9d5a3547cec648417f809ee6fb838ec601d6d020dc9ec3b473f924",
  "247157cb720722a10f8d03b4becebdfd461c8d55610476d4982b9da8cfd70181",
  "28124d5ebc2e9470995b338ab638e05b1778ff5af61625b20fa1022a784d28f5",
];

/**
 * School: the examination scores of 15,362 pupils of 139 London secondary schools, a task per school.
 *
 * The 28 features of a pupil say the year, and describe the pupil and the school. Two are percentages of the school, the others are 0 or 1,
 * and the last is 1 for everyone. The scores run from 1 to 70.
 *
 * Each of ten splits gives a random quarter of each school's pupils to the test, as is usual since Argyriou, Evgeniou, Pontil 2008. Split n
 * orders the pupils of a school by `randomStream("school/split/<n / 4, rounded down>/<task>")` and tests on quarter n mod 4 of that order.
 * So four splits test every pupil once, which makes means over splits steadier than ten unrelated draws.
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
      partPupils(pupils, `school/split/${String(Math.floor(split / 4))}/${taskId(i)}`, split % 4),
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
