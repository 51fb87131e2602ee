import process from "node:process";
import { createInterface } from "node:readline/promises";
import { MetabenchError } from "@metabench/core";
import type { Plan } from "../../execute/index.ts";
import { duration } from "./durations.ts";
import { timeLeft } from "./time-left.ts";

/** A run longer than this is not begun by a slip of the hand, seconds. */
const long = 30 * 60;
/** A run longer than this is taken for a slip, such as a budget with too many digits: 30 days in seconds. */
const beyondReason = 30 * 24 * 3600;

/** What decides whether a run starts without a question. */
export interface Circumstances {
  /** Whether `--yes` is given. */
  readonly yes: boolean;
  /** Whether someone reads questions and can answer them. */
  readonly terminal: boolean;
  /** Longest time of one trial, seconds; null without a limit. */
  readonly timeLimitSeconds: number | null;
}

/** A question to the user, and what no answer but the word means. */
export interface Question {
  readonly text: string;
  /** Whether an empty answer agrees. */
  readonly agreesByDefault: boolean;
}

/**
 * The question to ask before a run, or null where it may start at once.
 *
 * @throws MetabenchError `invalid-usage` where a run beyond reason has nobody to ask
 */
export function questionBefore(
  { trials }: Plan,
  jobs: number,
  { yes, terminal, timeLimitSeconds }: Circumstances,
): Question | null {
  const open = trials.filter(({ state }) => state !== "done");
  const left = timeLeft(
    open.map(({ estimateSeconds }) => ({
      seconds: estimateSeconds === null ? null : Math.min(estimateSeconds, timeLimitSeconds ?? Infinity),
    })),
    jobs,
  );
  if (yes || left === null || left <= long) return null;
  const takes = `This takes about ${duration(left)}`;
  if (terminal)
    return left > beyondReason
      ? { text: `${takes}. Start it all the same? [y/N] `, agreesByDefault: false }
      : { text: `${takes}. Start? [Y/n] `, agreesByDefault: true };
  if (left <= beyondReason) return null;
  throw new MetabenchError(
    "invalid-usage",
    `${takes}, which is more than 30 days. Check --budget, --episodes, --tier and --seeds, or give --yes to start it all the same.`,
  );
}

/** Asks before a long run, where there is someone to ask; who gives no answer does not agree. */
export async function agreed(plan: Plan, jobs: number, circumstances: Circumstances): Promise<boolean> {
  const asked = questionBefore(plan, jobs, circumstances);
  if (asked === null) return true;
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // Ctrl-C and the end of the input close the prompt, and leave its question unanswered.
    const closed = new Promise<null>((resolve) => {
      prompt.once("close", () => {
        resolve(null);
      });
    });
    const answer = await Promise.race([prompt.question(asked.text).catch(() => null), closed]);
    return answer !== null && agrees(answer, asked);
  } finally {
    prompt.close();
  }
}

/** What an answer means. */
export function agrees(answer: string, { agreesByDefault }: Question): boolean {
  return agreesByDefault ? !/^n/i.test(answer.trim()) : /^y/i.test(answer.trim());
}
