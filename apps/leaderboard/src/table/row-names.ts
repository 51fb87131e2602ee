import { describeTraining, type Row } from "@metabench/core";
import { whole } from "../format/number.ts";
import { optionText } from "../format/option-text.ts";

/** What may set a row apart from others of one label, most telling first. */
const aspects: readonly ((row: Row, option: (name: string) => boolean) => string)[] = [
  ({ algorithm }) => algorithm.id,
  ({ algorithm }, differs) =>
    optionText(Object.fromEntries(Object.entries(algorithm.options).filter(([name]) => differs(name)))),
  ({ trainingOptions }) => (trainingOptions ? describeTraining(trainingOptions) : ""),
  ({ definition }) => definition?.backbone.title ?? "",
  ({ definition }) => (definition ? `budget ${whole(definition.budget.images)}` : ""),
  ({ algorithm }) => `version ${algorithm.version}`,
];

function apart(rows: readonly Row[]): string[] {
  const differs = (name: string) =>
    new Set(rows.map(({ algorithm }) => JSON.stringify(algorithm.options[name]))).size > 1;
  const telling = aspects
    .map((of) => rows.map((row) => of(row, differs)))
    .filter((texts) => new Set(texts).size > 1);
  const said = rows.map((_, at) => telling.flatMap((texts) => texts[at] || []).join(", "));
  return rows.map(({ id, algorithm }, at) => {
    const own = said[at] ?? "";
    // The id ends in a hash of all that names a row.
    const parts = said.filter((other) => other === own).length > 1 ? [own, id.slice(-8)] : [own];
    const text = parts.filter((part) => part !== "").join(", ");
    return text === "" ? algorithm.label : `${algorithm.label} (${text})`;
  });
}

/** A name for each row by its id, its label where no other row has that; no two rows of a table have one name. */
export function rowNames(rows: readonly Row[]): ReadonlyMap<string, string> {
  const byLabel = Map.groupBy(rows, ({ algorithm }) => algorithm.label);
  return new Map(
    [...byLabel].flatMap(([label, same]) =>
      same.length === 1
        ? same.map(({ id }) => [id, label] as const)
        : apart(same).map((name, at) => [same[at]?.id ?? "", name] as const),
    ),
  );
}
