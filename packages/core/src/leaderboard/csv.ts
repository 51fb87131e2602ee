import { metricEntries } from "../metrics/index.ts";
import type { Leaderboard, Table } from "./leaderboard.ts";
import type { TrainingSetting } from "../record/training-setting.ts";
import { robustnessVariants } from "../robustness/variant.ts";
import type { Row } from "./row.ts";

type Cell = string | number | boolean | null;
type Column = readonly [name: string, of: (row: Row, table: Table) => Cell];

/** Episodes, functions or images per update. */
function perUpdate(training: TrainingSetting): number | null {
  if (training.on === "nothing") return null;
  return "batchSize" in training ? training.batchSize : training.perUpdate;
}

/** A field of what one update is trained on; empty where that kind of training has none. */
const trained =
  (of: (training: TrainingSetting) => number | null) =>
  ({ training }: Row): Cell =>
    training && of(training);

const columns: readonly Column[] = [
  ["table", (_, table) => table.id],
  ["protocol", (_, table) => table.protocol.id],
  ["protocol_version", (_, table) => table.protocol.version],
  ["tier", (_, table) => table.protocol.tier],
  ["division", (_, table) => table.protocol.division],
  ["transductive", (_, table) => table.transductive],
  ["comparable_with_main_table", (_, table) => table.notComparable === null],
  ["data_content_hash", (_, table) => table.dataset.contentHash],
  ["episodes_hash", (_, table) => table.episodesHash],
  ["backbone", (row, table) => (row.definition ?? table).backbone.id],
  ["budget_images", (row, table) => (row.definition ?? table.protocol).budget.images],
  ["row", (row) => row.id],
  ["algorithm", (row) => row.algorithm.id],
  ["label", (row) => row.algorithm.label],
  ["version", (row) => row.algorithm.version],
  ["options", (row) => JSON.stringify(row.algorithm.options)],
  ["training_options", (row) => (row.trainingOptions ? JSON.stringify(row.trainingOptions) : null)],
  ["role", (row) => row.algorithm.role],
  ["trained_on", ({ training }) => training && training.on],
  ["training_ways", trained((training) => (training.on === "episodes" ? training.ways : null))],
  ["training_shots", trained((training) => ("shots" in training ? training.shots : null))],
  ["training_queries", trained((training) => (training.on === "episodes" ? training.queries : null))],
  ["training_per_update", trained(perUpdate)],
  ["tried_settings", (row) => row.triedSettings],
  ["status", (row) => (row.score === null ? "failed" : "completed")],
  ["seeds", (row) => row.seeds.map(({ seed }) => seed).join(" ")],
  ["metric", (_, table) => table.headline.name],
  ["unit", (_, table) => table.headline.unit],
  ["direction", (_, table) => table.headline.direction],
  ["score", (row) => row.score?.mean ?? null],
  ["score_low", (row) => row.score?.low ?? null],
  ["score_high", (row) => row.score?.high ?? null],
  ["interval_basis", (row) => row.score?.basis ?? null],
  ["seed_spread", (row) => row.spread?.seed ?? null],
  ["item_spread", (row) => row.spread?.item ?? null],
  ["residual_spread", (row) => row.spread?.residual ?? null],
  ["rank", (row) => row.place?.rank ?? null],
  ["rank_low", (row) => row.place?.low ?? null],
  ["rank_high", (row) => row.place?.high ?? null],
  ["tie_group", (row) => row.place?.group ?? null],
  ["to_best", (row) => row.toBest?.difference ?? null],
  ["to_best_low", (row) => row.toBest?.low ?? null],
  ["to_best_high", (row) => row.toBest?.high ?? null],
  ...metricEntries.map(([id, { title }]): Column => [
    title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_"),
    (row) => row.metrics[id] ?? null,
  ]),
  ["task_accuracies", (row) => row.tasks.map(({ id, score }) => `${id}=${String(score.mean)}`).join(" ")],
  ["steps_to_90", (row) => row.adaptation?.stepsTo90 ?? null],
  ["area_under_adaptation_curve", (row) => row.adaptation?.area ?? null],
  ["adaptation_ms_median", (row) => row.cost?.adaptationMs?.median ?? null],
  ["adaptation_ms_p95", (row) => row.cost?.adaptationMs?.p95 ?? null],
  ["prediction_ms_median", (row) => row.cost?.predictionMs?.median ?? null],
  ["prediction_ms_p95", (row) => row.cost?.predictionMs?.p95 ?? null],
  ["images_per_second", (row) => row.cost?.imagesPerSecond ?? null],
  ["updates_per_second", (row) => row.cost?.updatesPerSecond ?? null],
  ["training_seconds", (row) => row.cost?.trainingSeconds ?? null],
  ["peak_memory_bytes", (row) => row.cost?.peakMemoryBytes ?? null],
  ["parameters", (row) => row.cost?.parameters ?? null],
  ["transfer_gap", ({ transfer }) => (transfer.kind === "few-shot" ? transfer.gap.difference : null)],
  ["transfer_gap_low", ({ transfer }) => (transfer.kind === "few-shot" ? transfer.gap.low : null)],
  ["transfer_gap_high", ({ transfer }) => (transfer.kind === "few-shot" ? transfer.gap.high : null)],
  ["episodes_harmed", ({ transfer }) => (transfer.kind === "few-shot" ? transfer.episodesHarmed : null)],
  [
    "task_transfer_gaps",
    ({ transfer }) =>
      transfer.kind === "multi-task"
        ? transfer.tasks.map(({ task, gap }) => `${task}=${String(gap.difference)}`).join(" ")
        : null,
  ],
  [
    "delta_m_percent",
    ({ transfer }) => (transfer.kind === "multi-task" ? (transfer.deltaM?.percent ?? null) : null),
  ],
  [
    "delta_p_percent",
    ({ transfer }) => (transfer.kind === "multi-task" ? (transfer.deltaP?.percent ?? null) : null),
  ],
  ...robustnessVariants.map(({ id }): Column => [
    `score_${id.replaceAll(/[-.]/g, "_")}`,
    (row) => row.robustness.find((variant) => variant.id === id)?.score?.mean ?? null,
  ]),
  ["flags", (row) => row.flags.map(({ code }) => code).join(" ")],
  ["records", (row) => row.seeds.map(({ identity }) => identity).join(" ")],
];

/** A field by RFC 4180; null is empty. A leading sign that a spreadsheet would run as a formula is kept from starting one. */
function field(cell: Cell): string {
  if (cell === null) return "";
  const text = typeof cell === "string" && /^[=+\-@]/.test(cell) ? `'${cell}` : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The standings as comma-separated values (RFC 4180), one line per row of any table. Empty where a value does not exist. */
export function standingsCsv(leaderboard: Leaderboard): string {
  const lines = leaderboard.tables.flatMap((table) =>
    table.rows.map((row) => columns.map(([, of]) => field(of(row, table))).join(",")),
  );
  return [columns.map(([name]) => name).join(","), ...lines, ""].join("\r\n");
}
