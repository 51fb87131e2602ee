import type { Table } from "@metabench/core";
import { plural } from "../format/number.ts";

/** What a table holds, in a sentence or two: what the intervals cover, and how rows are ordered. */
export function captionOf({ rows, headline, items, protocol }: Table): string {
  const scored = rows.filter(({ score }) => score !== null);
  const oneSeed = scored.length > 0 && scored.every(({ score }) => score?.basis === "episode noise only");
  const over =
    items === null ? "no trial completed" : plural(items, headline.over.replace(/s$/, ""), headline.over);
  const covers = oneSeed
    ? "One seed a method: intervals, ranks and ties cover episode noise only"
    : "95 % intervals over seeds and " + headline.over.replace("test ", "");
  return `${protocol.title}, ${protocol.tier}: ${headline.name} over ${over}. ${covers}; rows that share a rank share a band.`;
}

/** Where a table stands among its protocol's tables: tier, version, and what sets it apart. */
export function headingOf({ protocol, transductive }: Table): string {
  const tier = protocol.tier.charAt(0).toUpperCase() + protocol.tier.slice(1);
  const apart = [
    ...(protocol.division === "open" ? ["open division"] : []),
    ...(transductive ? ["transductive methods"] : []),
  ];
  return [`${tier} tier`, `version ${String(protocol.version)}`, ...apart].join(", ");
}
