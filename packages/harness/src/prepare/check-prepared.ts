import { MetabenchError, type StoredData } from "@metabench/core";
import { layoutOf } from "./layouts/index.ts";

/**
 * Checks that the arrays a data set plugin prepared fit together: lengths, labels in range, splits that share no class.
 *
 * @throws MetabenchError `contract-broken`, naming data set, split and what is wrong
 */
export function checkPrepared(id: string, data: StoredData): void {
  layoutOf(data).check(
    data,
    (what) => new MetabenchError("contract-broken", `Data set ${id}: ${what}. Fix its prepare function.`),
  );
}
