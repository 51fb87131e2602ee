import chromium from "@sparticuz/chromium";
import { chromium as playwright, type Browser } from "playwright-core";

/** A headless Chromium that comes with an npm package, so nothing needs installing by hand. */
export async function launchBrowser(): Promise<Browser> {
  // In one process the whole browser would end with its first page; and the site must work under the web's own rules.
  const args = chromium.args.filter((arg) => arg !== "--single-process" && arg !== "--disable-web-security");
  return playwright.launch({ executablePath: await chromium.executablePath(), args, headless: true });
}
