import process from "node:process";
import { createInterface } from "node:readline/promises";
import type { Plan } from "../../execute/index.ts";
import { duration } from "./durations.ts";
import { timeLeft } from "./time-left.ts";

/** A run longer than this is not begun by a slip of the hand, seconds. */
const long = 30 * 60;

/** Asks before a long run, where there is someone to ask; who gives no answer does not agree. */
export async function agreed(plan: Plan, jobs: number, { ask }: { readonly ask: boolean }): Promise<boolean> {
  const open = plan.trials.filter(({ state }) => state !== "done");
  const left = timeLeft(
    open.map(({ estimateSeconds }) => ({ seconds: estimateSeconds })),
    jobs,
  );
  if (!ask || !process.stdin.isTTY || left === null || left <= long) return true;
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // Ctrl-C and the end of the input close the prompt, and leave its question unanswered.
    const closed = new Promise<null>((resolve) => {
      prompt.once("close", () => {
        resolve(null);
      });
    });
    const question = prompt.question(`This takes about ${duration(left)}. Start? [Y/n] `).catch(() => null);
    const answer = await Promise.race([question, closed]);
    return answer !== null && !/^n/i.test(answer.trim());
  } finally {
    prompt.close();
  }
}
