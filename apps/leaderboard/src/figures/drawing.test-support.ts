import { parseHTML } from "linkedom";

/** Attributes of one element of a drawing, and what it says. */
export interface Drawn {
  readonly text: string;
  at(attribute: string): number;
  get(attribute: string): string | null;
}

/** The elements of a drawing that a selector names. */
export function drawn(svg: string, selector: string): Drawn[] {
  const { document } = parseHTML(`<html><body>${svg}</body></html>`);
  return [...document.querySelectorAll(selector)].map((element) => ({
    // Without what only a pointer shows.
    text: [...element.childNodes]
      .flatMap((node) => (node.nodeType === 3 ? (node.textContent ?? "") : []))
      .join(""),
    at: (attribute) => Number(element.getAttribute(attribute)),
    get: (attribute) => element.getAttribute(attribute),
  }));
}

/** Height of a drawing's picture. */
export const heightOf = (svg: string): number => drawn(svg, "svg")[0]?.at("height") ?? NaN;
