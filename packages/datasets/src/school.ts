import { basename } from "node:path";
import {
  defineDataset,
  MetabenchError,
  randomStream,
  type SplitName,
  type TaskSplit,
  type TaskTargets,
} from "@metabench/core";
import { z } from "zod";
import { readMaybeGzip } from "./formats/idx.ts";
import { readMat } from "./formats/mat.ts";
import type { MatMatrix, MatValue } from "./formats/mat-values.ts";

const schools = 139;
const features = 28;
const splits = 10;

/** The pupils of one school: features `[pupils, 28]` and scores `[pupils]`, column by column. */
export interface School {
  readonly pupils: number;
  readonly features: Float64Array;
  readonly scores: Float64Array;
}

const damaged = (file: string, what: string) =>
  new MetabenchError(
    "data-corrupt",
    `${file}: ${what}. Replace the file with school.mat of the MALSAR repository.`,
  );

/** Matrices of a cell array, one per school. */
function matricesOf(value: MatValue | undefined, name: string, columns: number, file: string) {
  if (value?.kind !== "cells" || value.cells.length !== schools)
    throw damaged(file, `it has no cell array ${name} of ${String(schools)} schools`);
  return value.cells.map((cell): MatMatrix => {
    if (cell.kind === "matrix" && cell.shape.length === 2 && cell.shape[1] === columns) return cell;
    throw damaged(file, `a cell of ${name} is no matrix of ${String(columns)} columns`);
  });
}

/**
 * Reads the schools from `school.mat`: cell arrays X and Y, a school per cell, a pupil per row.
 *
 * @param file - what errors call the file
 * @throws MetabenchError `data-corrupt`
 */
export function schoolsOf(bytes: Uint8Array, file: string): readonly School[] {
  const variables = readMat(bytes, file);
  const scores = matricesOf(variables.get("Y"), "Y", 1, file);
  return matricesOf(variables.get("X"), "X", features, file).map(({ shape: [pupils = 0], values }, i) => {
    const own = scores[i]?.values ?? new Float64Array();
    if (own.length !== pupils)
      throw damaged(
        file,
        `school ${String(i + 1)} has ${String(pupils)} pupils and ${String(own.length)} scores`,
      );
    return { pupils, features: values, scores: own };
  });
}

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
function gather(all: readonly School[], chosen: readonly Uint32Array[]): TaskSplit {
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

const commit = "fb9751594983df020ddc4f7e4a40520ee7c37989";
const published = `https://raw.githubusercontent.com/jiayuzhou/MALSAR/${commit}/data/school.mat`;

/** Computed by this code from the published file, one per split. */
const contentHashes: readonly string[] = [];

/**
 * School: the examination scores of 15,362 pupils of 139 London secondary schools, a task per school.
 *
 * The 28 features of a pupil are numbers that describe the pupil and the school, most of them 0 or 1. Two are percentages, and the last is 1
 * for everyone. The scores run from 1 to 70.
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
    const of = (name: SplitName) => gather(all, parts.map((part) => part[name]));
    return {
      kind: "task-examples",
      input: {
        kind: "vector",
        features,
        normalisation: { mean: Array(features).fill(0), deviation: Array(features).fill(1) },
      },
      tasks: all.map((_, i) => ({ id: taskId(i), target: "values", values: 1 })),
      splits: { train: of("train"), validation: of("validation"), test: of("test") },
    };
  },
});
