import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { workThrough, type WorkOptions } from "./work-through.ts";

/** Works through letters; `more` changes how. Returns the order in which they were begun. */
async function begun(
  letters: string,
  more: Partial<WorkOptions<string>> & { readonly work?: (letter: string) => Promise<boolean> },
): Promise<string> {
  let order = "";
  const { work = () => Promise.resolve(true), ...options } = more;
  await workThrough([...letters], {
    jobs: 1,
    ready: () => true,
    pollMs: 1,
    signal: new AbortController().signal,
    ...options,
    attempt: async (letter) => {
      order += letter;
      return work(letter);
    },
  });
  return order;
}

describe("workThrough", () => {
  it("does everything once, in order, as many at a time as there are jobs", async () => {
    expect(await begun("abcd", {})).toBe("abcd");
    let [running, most] = [0, 0];
    const work = async () => {
      most = Math.max(most, ++running);
      await wait(5);
      running -= 1;
      return true;
    };
    expect([...(await begun("abcdef", { jobs: 3, work }))].sort().join("")).toBe("abcdef");
    expect(most).toBe(3);
    expect(await begun("", { jobs: 3 })).toBe("");
  });

  it("goes on to what is free, and comes back to what was busy elsewhere", async () => {
    const looks = new Map<string, number>();
    const work = (letter: string) => {
      looks.set(letter, (looks.get(letter) ?? 0) + 1);
      return Promise.resolve(letter !== "a" || looks.get("a") === 4);
    };
    expect(await begun("abc", { work })).toBe("abacaa");
  });

  it("begins nothing that is not ready, and begins it once another has ended", async () => {
    const done = new Set<string>();
    const work = async (letter: string) => {
      await wait(2);
      done.add(letter);
      return true;
    };
    const ready = (letter: string) => letter !== "b" || done.has("c");
    expect(await begun("bac", { jobs: 2, ready, work, pollMs: 60_000 })).toBe("acb");
  });

  it("ends in the first failure, after what was begun has ended, and begins nothing more", async () => {
    let ended = "";
    const work = async (letter: string) => {
      await wait(letter === "a" ? 1 : 10);
      if (letter === "a") throw new Error("disk full");
      ended += letter;
      return true;
    };
    await expect(begun("abcd", { jobs: 2, work })).rejects.toThrow("disk full");
    expect(ended).toBe("b");
  });

  it("ends where it is interrupted, also while it waits for others", async () => {
    const interruption = new AbortController();
    const waiting = begun("a", {
      work: () => Promise.resolve(false),
      pollMs: 60_000,
      signal: interruption.signal,
    });
    setTimeout(() => {
      interruption.abort(new Error("interrupted"));
    }, 5);
    await expect(waiting).rejects.toThrow();
  });
});
