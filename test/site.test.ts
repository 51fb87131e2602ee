import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { leaderboardSchema } from "@metabench/core";
import { execa } from "execa";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.test-support.ts";
import { madeUp, writeRecords } from "./site-records.test-support.ts";

const app = fileURLToPath(new URL("../apps/leaderboard", import.meta.url));
const fewShot = "few-shot/double-mnist-28/5w1s";
const records = [
  madeUp({ protocol: fewShot, algorithm: "second", level: 0.6 }),
  madeUp({ protocol: fewShot, algorithm: "first", level: 0.8 }),
  madeUp({ protocol: fewShot, algorithm: "from-scratch", level: 0.4 }),
  madeUp({ protocol: fewShot, algorithm: "broken", level: null }),
  madeUp({ protocol: fewShot, algorithm: "chance", level: 0.2, role: "control" }),
  madeUp({ protocol: "few-shot/sinusoid/10-shot", algorithm: "first", level: 0.5 }),
  madeUp({ protocol: "multi-task/multi-mnist", algorithm: "single-task", level: 0.9 }),
  madeUp({ protocol: "multi-task/multi-mnist", algorithm: "hard-sharing", level: 0.8, retested: true }),
  madeUp({ protocol: fewShot, algorithm: "first", level: 0.82, seed: 1, retested: true }),
];
const broken = records[3]?.identity ?? "";

let folder: string;
let browser: Browser;

/** The site's own Astro, found from its package. */
const astro = createRequire(join(app, "package.json")).resolve("astro/package.json");
const { bin } = JSON.parse(readFileSync(astro, "utf8")) as { bin: { astro: string } };

const build = (results: string, site: string) =>
  execa(process.execPath, [join(dirname(astro), bin.astro), "build"], {
    cwd: app,
    reject: false,
    all: true,
    env: { METABENCH_RESULTS: results, METABENCH_SITE: site, ASTRO_TELEMETRY_DISABLED: "1", NO_COLOR: "1" },
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "metabench-site-"));
  await writeRecords(join(folder, "results"), records);
  const [, record] = records;
  if (record)
    await writeRecords(join(folder, "more"), [
      { ...record, provenance: { ...record.provenance, commit: "elsewhere" } },
    ]);
  const both = [join(folder, "results"), join(folder, "more")].join(delimiter);
  const built = await build(both, join(folder, "site"));
  expect(built.exitCode, built.all).toBe(0);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

/** Opens a page of the built site straight from the disk. */
async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  // A busy machine may be slow; nothing here measures time.
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(folder, "site", path)).href);
  return page;
}

const methods = (page: Page) => page.locator("table[data-sortable] tbody th").allInnerTexts();

describe("the site", () => {
  it("lists every protocol and algorithm on its home, and its links work from the disk", async () => {
    const page = await open("index.html");
    await page.getByRole("link", { name: "Sinusoids, 10-shot" }).first().waitFor();
    await page.getByRole("link", { name: "MultiMNIST, left and right digit" }).first().waitFor();
    await page.getByRole("link", { name: "DoubleMNIST 28×28, 5-way 1-shot", exact: true }).click();
    expect(await page.locator("h1").innerText()).toBe("DoubleMNIST 28×28, 5-way 1-shot");
    expect(
      await page.evaluate(async () => (await document.fonts.load("16px 'Source Sans 3 Variable'")).length),
    ).toBeGreaterThan(0);
    await page.context().close();
  });

  it("sorts a table by score, and by any column at a click, with aria-sort", async () => {
    const page = await open(`protocols/${fewShot}.html`);
    expect(await methods(page)).toEqual(["first", "second", "from-scratch", "chance\ncontrol", "broken"]);
    const score = page.getByRole("columnheader", { name: /^Accuracy/ });
    expect(await score.getAttribute("aria-sort")).toBe("descending");
    await page.getByRole("button", { name: "Adaptation", exact: true }).click();
    expect(await methods(page)).toEqual(["chance\ncontrol", "from-scratch", "second", "first", "broken"]);
    expect(await score.getAttribute("aria-sort")).toBeNull();
    await page.getByRole("button", { name: "Accuracy", exact: true }).press("Enter");
    await page.getByRole("button", { name: "Accuracy", exact: true }).press("Enter");
    expect(await score.getAttribute("aria-sort")).toBe("ascending");
    expect(await methods(page)).toEqual(["chance\ncontrol", "from-scratch", "second", "first", "broken"]);
    await page.context().close();
  });

  it("shows every row without JavaScript, sorted by score", async () => {
    const page = await open(`protocols/${fewShot}.html`, { javaScriptEnabled: false });
    expect(await methods(page)).toEqual(["first", "second", "from-scratch", "chance\ncontrol", "broken"]);
    expect(await page.getByRole("button").count()).toBe(0);
    await page.context().close();
  });

  it("draws methods on an axis of their own, and a control far below them as a number at its end", async () => {
    const page = await open(`protocols/${fewShot}.html`);
    const figure = page.getByRole("img", { name: /^Accuracy \(%\) with 95 % intervals: first 83/ });
    expect(await figure.locator("text", { hasText: /^◂ \d/ }).allTextContents()).toEqual(["◂ 22.1"]);
    await page.context().close();
  });

  it("says in words that a trial failed, and shows its log, its command and its record", async () => {
    const page = await open(`protocols/${fewShot}.html`);
    const row = page.locator("tr", { has: page.getByRole("rowheader", { name: "broken" }) });
    expect(await row.innerText()).toContain("failed: invalid result, 1 of 1 seed");
    await row.getByRole("link", { name: "broken, seed 0" }).click();
    const text = await page.locator("main").innerText();
    for (const part of [
      "Failed: invalid result",
      "The loss is not a number. Lower the rate.",
      "loss <NaN>",
      "metabench run --protocol",
    ])
      expect(text).toContain(part);
    const raw = await readFile(join(folder, "site", "records", `${broken}.json`), "utf8");
    expect(JSON.parse(raw)).toEqual(records[3]);
    await page.context().close();
  });

  it("shows how a method fares under changed tests, and how far its seeds lie apart", async () => {
    const page = await open("algorithms/first.html");
    const table = page.getByRole("region", { name: /^Accuracy .* the difference to the unchanged test/ });
    const [head, row] = [table.locator("thead"), table.locator("tbody tr")];
    expect(await head.innerText()).toMatch(/Unchanged test\s+Noise, σ 0\.1.*Wrong labels, 40 %/s);
    const text = await row.innerText();
    // 0.8 of the seed's mean of 84 %, in whole right answers; tested with one of two seeds.
    expect(text).toMatch(/67\.\d+.*−1\d\.\d+ .*1 seed of 2/s);
    expect(text).toContain("not tested again");
    expect(text).toContain("broke. Seed 1: Logits are not finite.");
    await page.getByRole("img", { name: /^Accuracy \(%\) under noise: first from 83/ }).waitFor();
    expect(await page.getByRole("region", { name: "Results on every protocol" }).innerText()).toMatch(
      /seeds 1\.32/,
    );
    await page.context().close();
  });

  it("scrolls wide tables within their own region on a small screen", async () => {
    const page = await open(`protocols/${fewShot}.html`, { viewport: { width: 360, height: 700 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const region = page.locator(".region").first();
    await region.focus();
    await page.keyboard.press("ArrowRight");
    await expect
      .poll(() => region.evaluate((element) => element.scrollLeft), { timeout: 60_000 })
      .toBeGreaterThan(0);
    await page.context().close();
  });

  it("takes the first of two records with one identity", async () => {
    const raw = await readFile(join(folder, "site", "records", `${records[1]?.identity ?? ""}.json`), "utf8");
    expect(JSON.parse(raw)).toEqual(records[1]);
  });

  it("publishes standings that fit their schema", async () => {
    const standings: unknown = JSON.parse(await readFile(join(folder, "site", "standings.json"), "utf8"));
    expect(leaderboardSchema.parse(standings).tables).toHaveLength(3);
    expect(await readFile(join(folder, "site", "standings.csv"), "utf8")).toContain(`${fewShot}/v1/quick`);
  });

  it.each(["light", "dark"] as const)(
    "has no accessibility violation that axe finds, in %s",
    async (colorScheme) => {
      const kinds = [
        "index",
        `protocols/${fewShot}`,
        "protocols/multi-task/multi-mnist",
        "algorithms/first",
        `trials/${broken}`,
        `trials/${records[0]?.identity ?? ""}`,
        "methodology",
      ];
      for (const kind of kinds) {
        const page = await open(`${kind}.html`, { colorScheme });
        // What differs in the dark is colour alone.
        const axe = new AxeBuilder({ page });
        const { violations } = await (
          colorScheme === "dark" ? axe.withRules(["color-contrast"]) : axe
        ).analyze();
        expect(
          violations.map(({ id, nodes }) => [kind, id, nodes[0]?.html]),
          kind,
        ).toEqual([]);
        await page.context().close();
      }
    },
  );
});

describe("a build", () => {
  it("of no records says so and how to make some", async () => {
    const built = await build(join(folder, "nothing"), join(folder, "empty"));
    expect(built.exitCode, built.all).toBe(0);
    const home = await readFile(join(folder, "empty", "index.html"), "utf8");
    expect(home).toContain("There are no results yet.");
    expect(home).toContain("npm start");
  });

  it("fails at a malformed record with file, field and reason", async () => {
    const [record] = records;
    const bad = join(folder, "bad");
    await writeRecords(bad, []);
    await writeFile(
      join(bad, "odd.json"),
      JSON.stringify({ ...record, identity: "c".repeat(64), cost: { ...record?.cost, testSeconds: -1 } }),
    );
    const built = await build([join(folder, "results"), bad].join(delimiter), join(folder, "broken"));
    expect(built.exitCode).not.toBe(0);
    expect(built.all).toMatch(/odd\.json is not a valid trial record: cost\.testSeconds: .*>=0/);
  });
});
