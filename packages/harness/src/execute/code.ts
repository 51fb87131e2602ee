import type { Provenance, TrialRecord } from "@metabench/core";
import { codeOf } from "../plugins/index.ts";
import type { TrialPlugins } from "./prepared-trial.ts";

/** Hashes of the code of a trial's plugins, as a record's provenance holds them. */
export type Code = NonNullable<Provenance["code"]>;

const parts = ["algorithm", "dataset", "backbone"] as const;

/** The code of a trial's plugins. Bare files are left out, since their text is part of the identity. */
export async function codeOfTrial(plugins: TrialPlugins): Promise<Code> {
  const hashes = await Promise.all(
    parts.map(async (part) => {
      const hash = await codeOf(plugins[part]);
      return hash === null ? [] : [[part, hash] as const];
    }),
  );
  return Object.fromEntries(hashes.flat());
}

/** The plugins whose code is another than when a record was made; none where the record does not say. */
export function changedSince({ provenance, spec }: TrialRecord, now: Code): readonly string[] {
  return parts.flatMap((part) => {
    const before = provenance.code?.[part];
    return before === undefined || now[part] === undefined || before === now[part]
      ? []
      : [part === "dataset" ? `data set ${spec.dataset.id}` : `${part} ${spec[part].id}`];
  });
}
