import type { Leaderboard, Table } from "../leaderboard/leaderboard.ts";
import type { Row } from "../leaderboard/row.ts";
import { mean } from "../statistics/index.ts";
import type { PublishedBand } from "./band.ts";
import { withOtherTraining } from "./other-training.ts";

/** Shares of the budget at which the learning curve is shown. */
export const curveShares = [0.25, 0.5, 0.75, 1] as const;

/** Our number beside the published one, in percent (accuracy) or squared units (mean squared error). */
export interface ReproducedRow {
  readonly label: string;
  readonly control: boolean;
  /** Null where a seed failed. */
  readonly ours: { readonly mean: number; readonly low: number | null; readonly high: number | null } | null;
  readonly seeds: number;
  /** The training examples that it may see. */
  readonly images: number;
  readonly band: PublishedBand | null;
  /** How the number stands to the band; null without a band or a number. */
  readonly standing: BandStanding | null;
  /** How much worse than the band's worse end the mean is, 0 where it is not; null where `standing` is, or is `other setting`. */
  readonly short: number | null;
  /** Mean over seeds of the last validation by each of {@link curveShares}; empty where nothing was trained. */
  readonly validation: readonly number[];
}

/**
 * How a mean with its 95 % interval stands to a published range: the interval is wholly better, it reaches the range, or it is wholly
 * below. A published number that depends on other queries is of another setting than a row that does not.
 */
export type BandStanding = "better" | "reaches" | "below" | "other setting";

/** One protocol at one tier: the closed division, and what other training makes of its methods. */
export interface ReproducedTable {
  readonly table: Table;
  readonly rows: readonly ReproducedRow[];
  /** Methods of the open division that differ from the table's in budget, augmentation or mixup alone. */
  readonly otherTraining: readonly ReproducedRow[];
}

const holds = (band: PublishedBand, { protocol }: Table, { algorithm }: Row): boolean =>
  band.protocol === protocol.id &&
  band.algorithm === algorithm.id &&
  Object.entries(band.options ?? {}).every(([name, value]) => algorithm.options[name] === value);

/** The band of a row: one of its own setting before one of another. */
function bandOf(row: Row, table: Table, bands: readonly PublishedBand[]): PublishedBand | null {
  const ofMethod = bands.filter((band) => holds(band, table, row));
  return ofMethod.find((band) => isOfSetting(band, table)) ?? ofMethod[0] ?? null;
}

/** Whether a published number answers the same question: with other queries in sight, or without. */
const isOfSetting = ({ transductive }: PublishedBand, table: Table): boolean =>
  transductive === null || transductive === table.transductive;

function standingOf(
  band: PublishedBand,
  ours: NonNullable<ReproducedRow["ours"]>,
  table: Table,
): BandStanding {
  if (!isOfSetting(band, table)) return "other setting";
  const [low, high] = [ours.low ?? ours.mean, ours.high ?? ours.mean];
  const higher = table.headline.direction === "higher";
  if (higher ? low > band.high : high < band.low) return "better";
  return (higher ? high >= band.low : low <= band.high) ? "reaches" : "below";
}

/** The mean over tasks of the last look by a share of the budget; the budget's end may lie a batch behind its last image. */
function validationBy(share: number, { points }: Row["learningCurves"][number], images: number): number[] {
  const looks = share === 1 ? points : points.filter((point) => point.images <= share * images);
  const last = looks.at(-1);
  return last ? [mean(Object.values(last.validation))] : [];
}

const budgetOf = (row: Row, table: Table) => (row.definition ?? table.protocol).budget;

function validationOf({ learningCurves }: Row, images: number, scale: number): number[] {
  const trained = learningCurves.filter(({ points }) => points.length > 1);
  if (trained.length === 0) return [];
  return curveShares.map(
    (share) => scale * mean(trained.flatMap((curve) => validationBy(share, curve, images))),
  );
}

function reproduced(row: Row, table: Table, bands: readonly PublishedBand[]): ReproducedRow {
  const scale = table.headline.unit === "share" ? 100 : 1;
  const { score } = row;
  const scaled = (value: number | null) => (value === null ? null : value * scale);
  const ours = score && { mean: score.mean * scale, low: scaled(score.low), high: scaled(score.high) };
  const { images } = budgetOf(row, table);
  const band = bandOf(row, table, bands);
  const standing = band && ours && standingOf(band, ours, table);
  const alike = table.rows.filter((other) => other.algorithm.label === row.algorithm.label).length > 1;
  const missing =
    band && ours && standing !== "other setting"
      ? table.headline.direction === "higher"
        ? band.low - ours.mean
        : ours.mean - band.high
      : null;
  return {
    label: alike ? `${row.algorithm.label} (${row.id})` : row.algorithm.label,
    control: row.algorithm.role === "control",
    ours,
    seeds: row.seeds.length,
    images,
    band,
    standing,
    short: missing === null ? null : Math.max(0, missing),
    validation: validationOf(row, images, scale),
  };
}

/**
 * Each method of the closed division beside what is published for it, in the order of the standings, and methods of the open division that
 * were trained otherwise under the same definition (budget, augmentation, mixup). Other rows of the open division follow rules of their own, and have nothing to stand beside.
 */
export const reproductionOf = (
  { tables }: Leaderboard,
  bands: readonly PublishedBand[],
): readonly ReproducedTable[] =>
  tables
    .filter(({ protocol }) => protocol.division === "closed")
    .map((table) => ({
      table,
      rows: table.rows.map((row) => reproduced(row, table, bands)),
      otherTraining: withOtherTraining(tables, table).map(({ row, open }) => reproduced(row, open, bands)),
    }));
