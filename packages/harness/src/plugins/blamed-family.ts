import type { FunctionFamily } from "@metabench/core";
import { blaming, gaveWrong, type Called } from "./blame.ts";

const isPoint = (value: unknown, length: number): value is readonly number[] =>
  Array.isArray(value) && value.length === length && value.every(Number.isFinite);

/** A family of functions that names itself where one of its functions throws, or gives what no task can be made of. */
export function blamedFamily(family: FunctionFamily, of: Omit<Called, "name">): FunctionFamily {
  const { inputs, outputs } = family;
  const named = (name: string): Called => ({ ...of, name });
  const point = (length: number) =>
    `a list of ${String(length)} finite ${length === 1 ? "number" : "numbers"}`;
  const draw = blaming(named("draw"), (...args: Parameters<FunctionFamily["draw"]>) => family.draw(...args));
  const input = blaming(named("input"), (...args: Parameters<FunctionFamily["input"]>) =>
    family.input(...args),
  );
  const grid = blaming(named("grid"), (points: number) => family.grid(points));
  return {
    ...family,
    draw(random) {
      const drawn: unknown = draw(random);
      if (typeof drawn !== "function")
        throw gaveWrong(named("draw"), drawn, "a function from inputs to outputs");
      const compute = blaming(named("the function of draw"), drawn as ReturnType<FunctionFamily["draw"]>);
      return (x) => {
        const y: unknown = compute(x);
        if (isPoint(y, outputs)) return y;
        throw gaveWrong(named("the function of draw"), y, point(outputs));
      };
    },
    input(random) {
      const x: unknown = input(random);
      if (isPoint(x, inputs)) return x;
      throw gaveWrong(named("input"), x, point(inputs));
    },
    grid(points) {
      const all: unknown = grid(points);
      if (Array.isArray(all) && all.length === points && all.every((x) => isPoint(x, inputs)))
        return all as readonly (readonly number[])[];
      throw gaveWrong(named("grid"), all, `a list of ${String(points)} points, each ${point(inputs)},`);
    },
  };
}
