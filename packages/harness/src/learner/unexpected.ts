import { MetabenchError } from "@metabench/core";
import { Tensor } from "@tensorflow/tfjs-core";
import { whatIsFreed } from "../plugins/index.ts";

const isPromise = (value: object): value is PromiseLike<unknown> =>
  "then" in value && typeof value.then === "function";

/** A value as a message names it: `"episode"`, `a promise`, `a tensor [2, 3]`. */
export function inWords(value: unknown): string {
  if (value === undefined || value === null) return value === null ? "null" : "nothing";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return "a function";
  if (typeof value !== "object") return String(value);
  if (value instanceof Tensor) return `a tensor [${value.shape.join(", ")}]`;
  if (isPromise(value)) return "a promise";
  if (Symbol.asyncIterator in value) return "an asynchronous generator";
  return Array.isArray(value) ? "an array" : "an object";
}

/**
 * A plugin returned what its contract does not know.
 *
 * @param where such as `predict()`
 * @param expected completes "… must return"
 */
export function unexpected(where: string, expected: string, came: unknown): MetabenchError {
  // Its promise may be rejected later on, which would end the process before this is told.
  if (typeof came === "object" && came !== null && isPromise(came)) came.then(undefined, () => undefined);
  return new MetabenchError("contract-broken", `${where} must return ${expected}, not ${inWords(came)}.`);
}

/**
 * Checks that a plugin returned a tensor that can be read, and not a promise or none.
 *
 * @throws MetabenchError `contract-broken`
 */
export function assertTensor(value: unknown, where: string): void {
  if (!(value instanceof Tensor)) throw unexpected(where, "a tensor", value);
  assertHeld(value, `${where} returned a tensor`);
}

/**
 * Checks that a tensor of a plugin has not been freed.
 *
 * @param subject such as `Loss "extra" of train()`, to be completed by "that was freed before"
 * @throws MetabenchError `contract-broken`
 */
export function assertHeld(tensor: Tensor, subject: string): void {
  if (tensor.isDisposed)
    throw new MetabenchError("contract-broken", `${subject} that was freed before. ${whatIsFreed}`);
}
