import { metricNamed } from "../../metrics/index.ts";
import type { NumbersOf } from "../metrics/index.ts";
import type { Metric } from "../result.ts";
import { isSame, shouldBe, type Fault } from "./fault.ts";

const named = ({ name, task }: Metric) => (task === null ? name : `${name} of task ${task}`);
const isOf = (one: Metric) => (other: Metric) => one.name === other.name && one.task === other.task;
const computed = "computed from the stored answers";

/** Where a stored metric differs from the one that its answers give. */
function differences(field: string, stored: Metric, due: Metric): readonly Fault[] {
  const same = (one: unknown, other: unknown) =>
    typeof one === "number" && typeof other === "number" ? isSame(one, other) : one === other;
  const pairs: readonly (readonly [field: string, stored: unknown, due: unknown])[] = [
    ...(["value", "count", "unit", "direction"] as const).map(
      (name) => [name, stored[name], due[name]] as const,
    ),
    ...(["low", "high", "method"] as const).map(
      (name) => [`interval.${name}`, stored.interval?.[name], due.interval?.[name]] as const,
    ),
  ];
  return pairs
    .filter(([, one, other]) => !same(one, other))
    .map(([name, one, other]) =>
      shouldBe(`${field}.${name} (${named(stored)})`, one ?? "nothing", other ?? "nothing", computed),
    );
}

/** Checks a number that its answers do not give: its bounds, and those of its interval. */
function boundFaults(field: string, { value, interval, name }: Metric): readonly Fault[] {
  const [low, high] = metricNamed(name)?.bounds ?? [-Infinity, Infinity];
  const inOrder =
    low <= value && value <= high && (!interval || (interval.low <= value && value <= interval.high));
  return inOrder
    ? []
    : [
        {
          field: `${field}.value (${name})`,
          what: `${String(value)} lies outside its bounds or its interval`,
        },
      ];
}

/**
 * Checks stored metrics against those that the stored answers give.
 *
 * @param due what can be computed
 * @param others names of metrics that cannot: they are held to their bounds
 */
export function metricFaults(
  field: string,
  stored: readonly Metric[],
  due: readonly Metric[],
  others: readonly string[] = [],
): readonly Fault[] {
  const twice = stored.findIndex((one, at) => stored.findIndex(isOf(one)) !== at);
  if (twice >= 0)
    return [{ field: `${field}.${String(twice)}`, what: `${named(stored[twice] as Metric)} stands twice` }];
  const missing = due.find((one) => !stored.some(isOf(one)));
  return [
    ...(missing ? [shouldBe(field, `no ${named(missing)}`, String(missing.value), computed)] : []),
    ...stored.flatMap((one, at) => {
      const where = `${field}.${String(at)}`;
      const recomputed = due.find(isOf(one));
      if (recomputed) return differences(where, one, recomputed);
      if (others.includes(one.name)) return boundFaults(where, one);
      return [{ field: where, what: `${named(one)} is stored, but its answers give no such metric` }];
    }),
  ];
}

/**
 * How many numbers each task predicts for an example, from its stored mean squared error: a result holds sums over them. Where the stored
 * error is no such mean, the number is one, and the recomputed metric differs.
 */
export function numbersBy(
  metrics: readonly Metric[],
  tasks: readonly { readonly id: string; readonly squaredError?: readonly number[] }[],
): NumbersOf {
  return (id) => {
    const stored = metrics.find(({ name, task }) => name === "mean squared error" && task === id)?.value ?? 0;
    const errors = tasks.find((task) => task.id === id)?.squaredError ?? [];
    const mean = errors.reduce((total, error) => total + error, 0) / errors.length;
    return stored > 0 ? Math.max(1, Math.round(mean / stored)) : 1;
  };
}
