/** The text of a changeset, without the list of packages before it. */
const textOf = (changeset) => changeset.replace(/^---\n.*?\n---\n/s, "").trim();

/** A changelog with an entry of a version before the newest one; changesets are files of `.changeset`. */
export function withEntry(changelog, version, changesets) {
  const entry = [`## ${version}`, ...changesets.map(textOf)].join("\n\n");
  const at = changelog.search(/^## /m);
  return at < 0
    ? `${changelog.trimEnd()}\n\n${entry}\n`
    : `${changelog.slice(0, at)}${entry}\n\n${changelog.slice(at)}`;
}
