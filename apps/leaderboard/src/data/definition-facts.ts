import { axesOfTable, episodesOf, inputs, type RowDefinition, type Table } from "@metabench/core";
import { whole } from "../format/number.ts";
import { optionText } from "../format/option-text.ts";
import type { Fact } from "./trial-facts.ts";

/** What the rows of a table were run under: one definition, or in the open division as many as there are. */
function definitionsOf({ protocol, backbone, rows }: Table): readonly RowDefinition[] {
  const own = rows.flatMap(({ definition }) => definition ?? []);
  if (own.length > 0) return own;
  const validationEpisodes = episodesOf(protocol)?.validation ?? null;
  return [
    {
      backbone: { ...backbone, options: protocol.backbone.options },
      budget: protocol.budget,
      validationEpisodes,
    },
  ];
}

/** What was tested on: a table in which no trial completed has no episodes yet. */
const testedOn = ({ protocol, episodesHash }: Table): string =>
  episodesHash ?? (episodesOf(protocol) ? "no trial completed" : "the whole test split");

/** Everything that a table's rows have in common; where rows of the open division differ, that each has its own. */
export function definitionFacts(table: Table): Fact[] {
  const { protocol, dataset, headline, items } = table;
  const definitions = definitionsOf(table);
  const common = (text: (definition: RowDefinition) => string): string => {
    const [first = "", ...others] = new Set(definitions.map(text));
    return others.length === 0 ? first : "differs by row, see the table";
  };
  const { processed } = inputs[axesOfTable(table).input];
  const fewShot: readonly Fact[] =
    "shots" in protocol
      ? [
          ...("ways" in protocol ? [["Ways", whole(protocol.ways)] as const] : []),
          ["Shots", `${whole(protocol.shots)}, queries ${whole(protocol.queries)}`],
          [
            "Validation",
            common(({ validationEpisodes }) => `${whole(validationEpisodes ?? 0)} frozen episodes`),
          ],
        ]
      : [];
  return [
    [
      "Protocol",
      `${protocol.id}, version ${String(protocol.version)}, ${protocol.tier} tier, ${protocol.division} division`,
    ],
    ...(protocol.basedOn === undefined ? [] : [["Based on", protocol.basedOn] as const]),
    ...fewShot,
    ["Test", items === null ? "no trial completed" : `${whole(items)} ${headline.over}`],
    [
      "Budget",
      common(
        ({ budget }) =>
          `${whole(budget.images)} training ${processed}, validated every ${whole(budget.validateEvery)}`,
      ),
    ],
    ["Seeds", `${whole(protocol.seeds)} in this tier`],
    [
      "Backbone",
      common(({ backbone }) => `${backbone.title} (${optionText(backbone.options) || "no options"})`),
    ],
    [
      "Data",
      `${dataset.title} ${dataset.version} (${optionText(protocol.dataset.options) || "no options"}): ${dataset.summary}`,
    ],
    ["Content of the data", dataset.contentHash],
    ["Test episodes", testedOn(table)],
  ];
}
