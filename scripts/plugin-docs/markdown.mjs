/** Markdown of declarations and of fields. */
const cell = (text) => text.replaceAll("|", "\\|");
const code = (text) => `\`${cell(text)}\``;

/** Ends in a full stop, save after an address, which it would become part of. */
const sentence = (text) => (/[\p{L}\p{N}`]$/u.test(text) && !/https?:\S+$/.test(text) ? `${text}.` : text);
const capital = (text) => text.replace(/^./u, (letter) => letter.toUpperCase());

/** A table; a column without any words is left out. */
function table(head, rows) {
  const kept = head.map((_, at) => at === 0 || rows.some((row) => row[at] !== ""));
  const line = (cells) => `| ${cells.filter((_, at) => kept[at]).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Fields of a Zod schema, of which it is known what they must be. */
export function fieldsTable(schema, formOf, within = "") {
  const rows = Object.entries(schema.shape).map(([name, part]) => {
    const form = formOf(part);
    if (!form)
      throw new Error(`Nothing is said of the field ${within}${name}; write it as field(schema, { … }).`);
    return [code(within + name), cell(form.form), code(form.example), sentence(cell(capital(form.about)))];
  });
  return table(["field", "form", "example", "meaning"], rows);
}

/** Type parameters say nothing to a reader: what they stand for does. */
const plain = (form) =>
  form
    .replaceAll(/NoInfer<z\.input<O>>|z\.output<O>/g, "Options")
    .replaceAll(/Settings\[S\]\["(\w)(\w+)"\]/g, (_, first, rest) => first.toUpperCase() + rest)
    .replace(/^O$/, "ZodObject")
    .replace(/^X$/, "Tensor")
    .replace("inputs: X", "inputs: Tensor")
    .replaceAll(/\bW\b/g, "Weights");

/** Members of an interface; what a Zod schema says of one of them goes before its type. */
export function membersTable(members, schema, formOf) {
  const rows = members.map(({ name, shown, form, summary }) => {
    const told = schema?.shape[name] && formOf(schema.shape[name]);
    return told
      ? [
          code(shown),
          cell(`${told.form}, such as `) + code(told.example),
          sentence(cell(capital(told.about))),
        ]
      : [code(shown), code(plain(form)), sentence(cell(summary))];
  });
  return table(["field", "form", "meaning"], rows);
}

/** One exported declaration: what it is called, its signature, what it does. */
export function declarationText({ name, kind, signature, summary, methods, members, tags = [] }) {
  const parts = [`### \`${name}\``];
  if (methods)
    parts.push(block(`const ${name}: {\n${methods.map((method) => `${method.signature};\n`).join("")}};`));
  else if (!members) parts.push(block(kind === "function" ? `function ${signature};` : `${signature};`));
  parts.push(sentence(summary));
  if (methods)
    parts.push(methods.map((method) => `- \`${method.name}\`: ${sentence(method.summary)}`).join("\n"));
  parts.push(tags.map(([what, text]) => `- ${what}: ${sentence(text)}`).join("\n"));
  if (members)
    parts.push(...(signature.includes(" extends ") ? [`\`${signature}\``] : []), membersTable(members));
  return parts.filter((part) => part !== "").join("\n\n");
}

const block = (text) => `\`\`\`ts\n${text}\n\`\`\``;
