import type { Row } from "@metabench/core";
import { whole } from "../format/number.ts";
import { optionText } from "../format/option-text.ts";
import { missing } from "./cell.ts";
import type { Column } from "./column.ts";

/** What a row of the open division was run under: backbone, budget in training images (points for functions), validation. */
export const definitionColumn: Column = {
  key: "definition",
  head: "Definition",
  unit: "backbone, budget",
  anchor: "divisions",
  better: null,
  cell({ definition }: Row) {
    if (!definition) return missing("same as the table");
    const { backbone, budget, validationEpisodes } = definition;
    const set = optionText(backbone.options);
    const every = `validated every ${whole(budget.validateEvery)}`;
    const on = validationEpisodes === null ? "" : ` on ${whole(validationEpisodes)} episodes`;
    return {
      figure: set === "" ? backbone.title : `${backbone.title} (${set})`,
      detail: `budget ${whole(budget.images)}`,
      words: `${every}${on}`,
      sort: budget.images,
    };
  },
};
