import { inputs, kindIds, kinds } from "../axes/index.ts";
import { axesOfTable, type Table } from "../leaderboard/leaderboard.ts";
import type { PublishedBand } from "./band.ts";
import { curveShares, type ReproducedRow, type ReproducedTable } from "./reproduction.ts";

const digitsOf = ({ headline }: Table) => (headline.unit === "share" ? 1 : 3);
const unitOf = ({ headline }: Table) => (headline.unit === "share" ? "%" : "mean squared error");
const examplesOf = (table: Pick<Table, "protocol" | "dataset">) => inputs[axesOfTable(table).input].processed;
const count = (number: number) => number.toLocaleString("en-GB");

function oursOf({ ours }: ReproducedRow, digits: number): string {
  if (!ours) return "a seed failed";
  const { mean, low, high } = ours;
  const interval = low === null || high === null ? "" : ` (${low.toFixed(digits)} – ${high.toFixed(digits)})`;
  return `${mean.toFixed(digits)}${interval}`;
}

function publishedOf({ band }: ReproducedRow, digits: number): string {
  if (!band) return "–";
  const { low, high, paper, secondHand, transductive } = band;
  const range = low === high ? low.toFixed(digits) : `${low.toFixed(digits)} – ${high.toFixed(digits)}`;
  return [
    range,
    ...(paper === undefined ? [] : [`paper ${paper.toFixed(digits)}`]),
    ...(transductive === true ? ["transductive"] : []),
    ...(transductive === null ? ["transductive or not is not said"] : []),
    ...(secondHand ? ["second-hand"] : []),
  ].join(", ");
}

function standingIn({ standing, short }: ReproducedRow, { headline }: Table): string {
  if (standing === null) return "–";
  if (standing === "other setting") return "not compared: transductive";
  if (short === null || short === 0) return standing;
  const by = headline.unit === "share" ? `${short.toFixed(1)} points` : short.toFixed(3);
  const worse = headline.direction === "higher" ? "below" : "worse";
  return standing === "reaches" ? `reaches, mean ${worse} by ${by}` : `**${worse} by ${by}**`;
}

const shares = curveShares.map((share) => String(share * 100)).join(" / ");

function settingOf(table: Table): string {
  const { protocol, backbone, items, headline } = table;
  const width = protocol.backbone.options["width"];
  return [
    `Tier \`${protocol.tier}\``,
    `${count(protocol.budget.images)} training ${examplesOf(table)}`,
    `${backbone.title}${width === undefined ? "" : `, ${String(width)} channels`}`,
    ...(items === null ? [] : [`${count(items)} ${headline.over}`]),
  ].join("; ");
}

/** A table of methods beside published numbers; `budgets` puts the training examples of each in a column. */
function rowsOf(rows: readonly ReproducedRow[], table: Table, budgets: boolean): string[] {
  const digits = digitsOf(table);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const heads = [
    "method",
    ...(budgets ? [`training ${examplesOf(table)}`] : []),
    `ours, ${unitOf(table)} (95 % interval)`,
    "seeds",
    "published",
    "standing",
    `validation at ${shares} % of the budget`,
  ];
  const cellsOf = (row: ReproducedRow) => [
    `${row.label}${row.control ? " (control)" : ""}`,
    ...(budgets ? [count(row.images)] : []),
    oursOf(row, digits),
    String(row.seeds),
    publishedOf(row, digits),
    standingIn(row, table),
    row.validation.map((value) => value.toFixed(digits)).join(" / ") || "–",
  ];
  return [line(heads), line(heads.map(() => "---")), ...rows.map((row) => line(cellsOf(row)))];
}

function section({ table, rows, otherTraining }: ReproducedTable): string {
  const sources = new Map<PublishedBand, string>();
  for (const { label, band } of [...rows, ...otherTraining])
    if (band && !sources.has(band)) sources.set(band, `- ${label}: ${band.source}`);
  return [
    `## ${table.protocol.title}${table.transductive ? ", transductive rows" : ""}`,
    "",
    `\`${table.protocol.id}\`. ${settingOf(table)}.${table.notComparable === null ? "" : ` ${table.notComparable}`}`,
    "",
    ...rowsOf(rows, table, false),
    ...(otherTraining.length === 0
      ? []
      : [
          "",
          "Trained otherwise, all else alike (open division):",
          "",
          ...rowsOf(otherTraining, table, true),
        ]),
    ...(sources.size === 0 ? [] : ["", "Published:", "", ...sources.values()]),
  ].join("\n");
}

/** How many rows reach their band or are better, kind by kind: a kind where all do says nothing of one where few do. */
function summary(tables: readonly ReproducedTable[]): string {
  const parts = kindIds.flatMap((kind) => {
    const name = kinds[kind].title.toLowerCase();
    const compared = tables
      .filter(({ table }) => table.protocol.kind === kind)
      .flatMap(({ rows }) => rows)
      .filter(({ standing }) => standing !== null && standing !== "other setting");
    const reached = compared.filter(({ standing }) => standing !== "below").length;
    return compared.length === 0 ? [] : [`${String(reached)} of ${String(compared.length)} in ${name}`];
  });
  return `Rows whose interval reaches the published range of the same setting, or is better: ${parts.join(", ") || "none has one"}.`;
}

/** The tables as Markdown, a section a protocol and tier. The text is not aligned; a formatter does that. */
export const reproductionMarkdown = (tables: readonly ReproducedTable[]): string =>
  [summary(tables), ...tables.map(section)].join("\n\n");
