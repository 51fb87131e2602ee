import { describe, expect, it } from "vitest";
import { relativeTo } from "../relative-links.mjs";

describe("relativeTo", () => {
  it("makes addresses from the root relative to the page, keeping fragments", () => {
    expect(relativeTo("protocols/a/b.html", '<a class="x" href="/methodology.html#rank">')).toBe(
      '<a class="x" href="../../methodology.html#rank">',
    );
    expect(relativeTo("index.html", '<a href="/">')).toBe('<a href="index.html">');
    expect(relativeTo("trials/x.html", '<a href="/#protocols">')).toBe('<a href="../index.html#protocols">');
    expect(relativeTo("a/b.html", "src:url(/_astro/font.woff2)")).toBe("src:url(../_astro/font.woff2)");
  });

  it("leaves other addresses alone", () => {
    const html = '<a href="https://example.org/x"><a href="#here"><a href="//host/x"><p>href="/x"</p>';
    expect(relativeTo("a/b.html", html)).toBe(html);
  });
});
