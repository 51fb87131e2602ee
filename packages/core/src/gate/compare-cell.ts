import canonicalize from "canonicalize";
import { median } from "../statistics/quantile.ts";
import { mean } from "../statistics/mean.ts";
import type { CompletedRecord } from "../record/trial-record.ts";
import { completedOf, type Cell, type CellPair } from "./cell.ts";
import { decide, type Look, type Question } from "./decide.ts";
import { marginOf, type MarginChoice } from "./margin.ts";
import { obstaclesBetween, type ObstacleFound } from "./obstacle.ts";
import type { ComparedCell } from "./report.ts";
import { dropOn, headlineOfRecord, marginOn, meansBySeed, scaleOf, scoresOn, type Scale } from "./scores.ts";
import { boundsOf, pAbove, type SeedTest } from "./seed-tests.ts";
import { warningsOf } from "./warnings.ts";

type Completed = ReadonlyMap<number, CompletedRecord>;

const commonSeeds = (a: Cell, b: Cell) => [...a.seeds.keys()].filter((seed) => b.seeds.has(seed));

/** Whether both sides have the same outcome to the bit on every seed that both have. */
function isIdentical(a: Cell, b: Cell): boolean {
  const seeds = commonSeeds(a, b);
  return (
    seeds.length > 0 &&
    seeds.every((seed) => canonicalize(outcomeOf(a, seed)) === canonicalize(outcomeOf(b, seed)))
  );
}

function outcomeOf(cell: Cell, seed: number): unknown {
  const record = cell.seeds.get(seed);
  return record?.status === "completed"
    ? { result: record.result, metrics: record.metrics }
    : { status: record?.status, error: record?.error.code };
}

/** Seeds that the baseline completed and the candidate did not. */
const newlyFailed = (baseline: Completed, candidate: Cell) =>
  [...candidate.seeds].filter(([seed, { status }]) => status !== "completed" && baseline.has(seed));

/** What stands in the way of comparing two cells. */
function obstacleOf({ baseline, candidate }: CellPair): ObstacleFound | null {
  if (!baseline) return { code: "missing-baseline", detail: "the baseline has no record of it" };
  if (!candidate) return { code: "missing-candidate", detail: "the candidate has no record of it" };
  const [found, ...more] = obstaclesBetween(baseline.newest, candidate.newest);
  if (found)
    return {
      code: found.code,
      detail: [found, ...more]
        .map(({ detail }) => detail)
        .join("; ")
        .slice(0, 400),
    };
  if (completedOf(baseline).size === 0)
    return { code: "failed-baseline", detail: "no trial of the baseline completed" };
  return null;
}

/** What a cell is before levels are known: decided without a test, or to be decided by one. */
export interface OpenCell {
  readonly pair: CellPair;
  readonly obstacle: ObstacleFound | null;
  readonly identical: boolean;
}

/** Looks at a pair of cells without a test. */
export function openCell(pair: CellPair): OpenCell {
  const { baseline, candidate } = pair;
  const obstacle = obstacleOf(pair);
  const failedAlike = obstacle?.code === "failed-baseline" || obstacle === null;
  const identical =
    failedAlike && baseline !== undefined && candidate !== undefined && isIdentical(baseline, candidate);
  return { pair, obstacle: identical ? null : obstacle, identical };
}

/** Decides on a cell, and describes it. */
export function compareCell(
  { pair, obstacle, identical }: OpenCell,
  counted: boolean,
  levels: Omit<Question, "margin">,
  choice: MarginChoice,
): ComparedCell {
  const described = describe(pair, counted);
  if (obstacle)
    return { ...described, verdict: "not-comparable", reason: obstacle.code, detail: obstacle.detail };
  if (identical) return { ...described, verdict: "identical", drop: 0, decidedBy: "identity" };
  const { baseline, candidate } = pair as { baseline: Cell; candidate: Cell };
  const [before, after] = [completedOf(baseline), completedOf(candidate)];
  const failed = newlyFailed(before, candidate);
  if (failed.length > 0)
    return {
      ...described,
      verdict: "regression",
      decidedBy: "failure",
      reason: "failed-trial",
      detail: `seed ${failed.map(([seed]) => String(seed)).join(", ")} completed in the baseline and ${failed[0]?.[1].status ?? "failed"} in the candidate`,
    };
  if (after.size === 0)
    return {
      ...described,
      verdict: "not-comparable",
      reason: "no-common-seed",
      detail: "no trial of the candidate completed",
    };
  const scale = described.scale;
  const [scoresBefore, scoresAfter] = [before, after].map((records) =>
    scoresOn(scale, meansBySeed(records)),
  ) as [ReadonlyMap<number, number>, ReadonlyMap<number, number>];
  const margin = marginOf(choice, scale, scoresBefore);
  const question = { ...levels, margin: marginOn(scale, margin) };
  return {
    ...described,
    ...lookInWords(decide(scoresBefore, scoresAfter, question), scale, question),
    margin,
  };
}

function lookInWords(look: Look, scale: Scale, { regressionLevel, passLevel }: Question) {
  const level = (look.verdict === "no-regression" ? passLevel : regressionLevel) / 2;
  const inWords = (test: SeedTest | null) => {
    if (test === null) return null;
    const { low, high } = boundsOf(test, level);
    return {
      low: dropOn(scale, low),
      high: dropOn(scale, high),
      p: pAbove(test, 0),
      degreesOfFreedom: test.degreesOfFreedom,
    };
  };
  const tests = { twoSample: inWords(look.tests.twoSample), paired: inWords(look.tests.paired) };
  const shown = look.decidedBy === "paired" ? tests.paired : tests.twoSample;
  return {
    verdict: look.verdict,
    decidedBy: look.decidedBy,
    drop: dropOn(scale, look.drop),
    low: shown?.low ?? null,
    high: shown?.high ?? null,
    tests,
    seedsToSettle: look.seedsToSettle,
  };
}

function describe({ baseline, candidate }: CellPair, counted: boolean): ComparedCell {
  const newest = (candidate ?? baseline)?.newest;
  if (!newest) throw new RangeError("A pair of cells has at least one cell.");
  const completed = [candidate, baseline].flatMap((cell) => (cell ? [...completedOf(cell).values()] : []))[0];
  const headline = completed && headlineOfRecord(completed);
  return {
    cell: (candidate ?? baseline)?.key ?? "",
    label: newest.display.algorithm.label,
    protocol: newest.spec.protocol.id,
    role: newest.display.algorithm.role,
    verdict: "inconclusive",
    counted,
    reason: null,
    detail: null,
    metric: headline?.name ?? "none",
    scale: headline ? scaleOf(headline) : "points",
    baseline: baseline ? sideOf(baseline) : null,
    candidate: candidate ? sideOf(candidate) : null,
    drop: null,
    low: null,
    high: null,
    margin: null,
    decidedBy: null,
    tests: { twoSample: null, paired: null },
    seedsToSettle: null,
    trainingSeconds: [secondsOf(baseline), secondsOf(candidate)],
    warnings: baseline && candidate ? warningsOf(baseline, candidate) : [],
  };
}

function sideOf(cell: Cell): NonNullable<ComparedCell["baseline"]> {
  const completed = completedOf(cell);
  const means = [...meansBySeed(completed).values()];
  const ascending = (seeds: Iterable<number>) => [...seeds].sort((a, b) => a - b);
  return {
    mean: means.length > 0 ? mean(means) : null,
    seeds: ascending(completed.keys()),
    failedSeeds: ascending([...cell.seeds.keys()].filter((seed) => !completed.has(seed))),
    version: cell.newest.spec.algorithm.version,
  };
}

function secondsOf(cell: Cell | undefined): number | null {
  const seconds = [...(cell ? completedOf(cell).values() : [])].map(({ cost }) => cost.trainingSeconds);
  return seconds.length > 0 ? median(seconds) : null;
}
