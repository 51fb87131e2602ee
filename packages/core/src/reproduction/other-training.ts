import canonicalize from "canonicalize";
import type { Table } from "../leaderboard/leaderboard.ts";
import type { Row } from "../leaderboard/row.ts";

/** The same question on the same data and test episodes, under rules of the rows' own. */
const besides = (open: Table, closed: Table): boolean =>
  open.protocol.division === "open" &&
  open.protocol.id === closed.protocol.id &&
  open.protocol.version === closed.protocol.version &&
  open.protocol.tier === closed.protocol.tier &&
  open.transductive === closed.transductive &&
  open.dataset.contentHash === closed.dataset.contentHash &&
  open.episodesHash === closed.episodesHash;

/** Whether a row of the open division is the closed one's but for its budget or what was done to training images. */
function trainingAlone(
  { definition, algorithm, trainingOptions }: Row,
  { protocol, backbone }: Table,
): boolean {
  if (!definition || algorithm.role === "control") return false;
  const { id, version, options } = definition.backbone;
  return (
    (definition.budget.images !== protocol.budget.images || trainingOptions !== undefined) &&
    canonicalize([id, version, options]) ===
      canonicalize([backbone.id, backbone.version, protocol.backbone.options])
  );
}

/** The methods of the open division that a table of the closed one would hold, had they been trained by its rules: each with the table it stands in. */
export const withOtherTraining = (
  tables: readonly Table[],
  closed: Table,
): readonly { readonly row: Row; readonly open: Table }[] =>
  tables
    .filter((open) => besides(open, closed))
    .flatMap((open) => open.rows.filter((row) => trainingAlone(row, closed)).map((row) => ({ row, open })));
