import { scalar } from "@tensorflow/tfjs-core";
import { inScope, takeSnapshot } from "../../learner/index.ts";
import type { Check, Subject } from "../check.ts";
import { changedVariable } from "../difference.ts";
import type { Specimen } from "../specimen.ts";
import { update } from "../update.ts";

/** Number of the next tensor: TensorFlow.js counts them, whatever becomes of them. */
const nextTensor = () => inScope(() => scalar(0).id);

/** How many tensors a call makes: a measure of its work that no busy machine moves. */
function tensorsMadeBy(call: () => void): number {
  const before = nextTensor();
  call();
  return nextTensor() - before - 1;
}

/** How often the work of an undisturbed call an aborted one may do. */
const atMost = 2;

function aborted(
  make: Subject["make"],
  name: "train" | "adapt",
  call: (specimen: Specimen) => unknown,
): string | null {
  const specimen = make();
  call(specimen); // The first may fill caches.
  const usual = tensorsMadeBy(() => call(specimen));
  const before = takeSnapshot(specimen.learner);
  let own: unknown = null;
  specimen.abort();
  const made = tensorsMadeBy(() => {
    try {
      call(specimen);
    } catch (error) {
      if (!(error instanceof Error && error.name === "AbortError")) own = error;
    }
  });
  if (own !== null)
    return `With context.signal aborted, ${name}() threw ${own instanceof Error ? `${own.name}: ${own.message}` : String(own)}; react to a signal only by calling throwIfAborted().`;
  if (made > atMost * usual)
    return `With context.signal aborted, ${name}() made ${String(made)} tensors, and ${String(usual)} without it; call throwIfAborted() without further work, or ignore the signal.`;
  const changed = name === "adapt" ? changedVariable(before, takeSnapshot(specimen.learner)) : null;
  return changed === null
    ? null
    : `Variable "${changed}" stays changed when context.signal ends adapt(); adapt a copy, or restore it in a finally block.`;
}

/**
 * An aborted signal ends a call with the signal's own error, or the call continues as usual: a plugin may ignore it, since a trial ends between
 * calls, or by ending its process. What is checked is that the signal leads to no other error, to no more work than without it (in tensors
 * made, not in seconds), and to no trace of the task. That a call comes back at all is for the time limit of `metabench conform`.
 */
export const abort: Check = {
  name: "abort",
  sentence:
    "An aborted signal ends a call with the signal's own error or has no effect; it causes no extra work and leaves no trace of a task.",
  applies: "all",
  look: ({ make }) =>
    aborted(make, "train", (specimen) => update(specimen, 1)) ??
    aborted(make, "adapt", (specimen) => specimen.ask()),
};
