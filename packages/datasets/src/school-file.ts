import { MetabenchError } from "@metabench/core";
import { readMat } from "./formats/mat.ts";
import type { MatMatrix, MatValue } from "./formats/mat-values.ts";

const schools = 139;
/** Numbers that describe a pupil. */
export const features = 28;

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
