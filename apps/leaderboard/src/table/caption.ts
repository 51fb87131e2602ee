import type { Table } from "@metabench/core";
import { plural } from "../format/number.ts";
import { coverageOf } from "./coverage.ts";

/** Caption of a table: its metric, and what the intervals cover. */
export function captionOf({ rows, headline, items, protocol }: Table): string {
  const over =
    items === null ? "no trial completed" : plural(items, headline.over.replace(/s$/, ""), headline.over);
  return `${protocol.title}, ${protocol.tier}: ${headline.name} over ${over}. 95 % intervals, ranks and ties are ${coverageOf(rows, headline.over)}; rows that share a rank have the same band.`;
}

/** Heading of a table, unique among its protocol's tables: tier, version, and how it differs. */
export function headingOf({ id, protocol, transductive, notComparable }: Table): string {
  const tier = protocol.tier.charAt(0).toUpperCase() + protocol.tier.slice(1);
  const apart = [
    ...(protocol.division === "open" ? ["open division"] : []),
    ...(transductive ? ["transductive methods"] : []),
    // Several may differ from the main table in the same thing: the end of its address tells them apart.
    ...(notComparable === null ? [] : [`not comparable (${id.split("/").at(-1) ?? ""})`]),
  ];
  return [`${tier} tier`, `version ${String(protocol.version)}`, ...apart].join(", ");
}
