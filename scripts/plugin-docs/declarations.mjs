/** Reads exported declarations from TypeScript sources: signatures as they are written, and the first paragraph of doc comments. */
import ts from "typescript";

/** A program over some entry files; types are looked up only where a declaration leaves them out. */
export function programOf(entries) {
  return ts.createProgram(entries, {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2024.d.ts"],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
  });
}

/** The exports of a module by name, each with the declaration that it leads to. */
export function exportsOf(program, entry) {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(entry));
  return checker.getExportsOfModule(module).map((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return { name: symbol.name, declaration: target.declarations[0] };
  });
}

/** The first paragraph of a node's doc comment, without links; empty where there is none. */
export function summaryOf(node) {
  const owner = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  const comment = (owner.jsDoc ?? []).at(-1)?.comment;
  const text = typeof comment === "string" ? comment : (ts.getTextOfJSDocComment(comment) ?? "");
  return text
    .replaceAll(/\{@link\s+([^}|]+)\}/g, "`$1`")
    .split(/\n\s*\n/)[0]
    .replaceAll(/\s*\n\s*/g, " ")
    .trim();
}

/** What the comment of a function says of parameters, result and errors: `[["logits", "[n, classes]"], …]`. */
export function tagsOf(node) {
  return ts.getJSDocTags(node).flatMap((tag) => {
    const text = clean(ts.getTextOfJSDocComment(tag.comment) ?? "").replaceAll(
      /\{@link\s+([^}|]+)\}/g,
      "`$1`",
    );
    if (text === "") return [];
    if (ts.isJSDocParameterTag(tag)) return [[`\`${tag.name.getText()}\``, text]];
    const name = { returns: "Returns", throws: "Throws" }[tag.tagName.text];
    return name ? [[name, text]] : [];
  });
}

const clean = (text) => text.replaceAll(/\s+/g, " ").trim();

/** A node's text on one line, without comments. */
export function textOf(node) {
  const text = node
    .getText()
    .replaceAll(/\/\*[\s\S]*?\*\//g, " ")
    .replaceAll(/^\s*\/\/.*$/gm, " ");
  return clean(text)
    .replace(/^[|&] /, "")
    .replaceAll("( ", "(")
    .replaceAll(" )", ")")
    .replaceAll(/,\s*([)>\]])/g, "$1")
    .replaceAll("readonly ", "");
}

const typeParameters = (node) =>
  node.typeParameters ? `<${node.typeParameters.map(textOf).join(", ")}>` : "";

/** A parameter that is taken apart has no name of its own: it gets that of its type. */
function parameterOf(checker, parameter) {
  const type = parameter.type
    ? textOf(parameter.type)
    : checker.typeToString(checker.getTypeAtLocation(parameter), parameter);
  const optional = parameter.questionToken || parameter.initializer ? "?" : "";
  const rest = parameter.dotDotDotToken ? "..." : "";
  const name = ts.isIdentifier(parameter.name)
    ? parameter.name.text
    : (["Options", "Weights", "State", "Set"].find((end) => type.includes(end)) ?? "options").toLowerCase();
  return `${rest}${name.replace(/^_+/, "")}${optional}: ${type}`;
}

/** `name<T>(a: A, b?: B): C` of a function, a method or a function type. */
export function signatureOf(checker, name, node) {
  const signature = checker.getSignatureFromDeclaration(node);
  const result = node.type
    ? textOf(node.type)
    : checker.typeToString(checker.getReturnTypeOfSignature(signature), node);
  const parameters = node.parameters.map((parameter) => parameterOf(checker, parameter)).join(", ");
  return `${name}${typeParameters(node)}(${parameters}): ${result}`;
}

const functionOf = (node) =>
  node && (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) ? node : undefined;

/** Methods of a constant object, which is how layers are written. */
function methodsOf(checker, object) {
  return object.properties.flatMap((property) => {
    const name = property.name.getText();
    const summary = summaryOf(property);
    if (ts.isMethodDeclaration(property))
      return [{ name, signature: signatureOf(checker, name, property), summary }];
    const own = ts.isPropertyAssignment(property) ? property.initializer : undefined;
    const symbol = own && checker.getSymbolAtLocation(ts.isPropertyAccessExpression(own) ? own.name : own);
    const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const borrowed = target?.declarations?.[0];
    return borrowed && (ts.isMethodDeclaration(borrowed) || ts.isFunctionDeclaration(borrowed))
      ? [{ name, signature: signatureOf(checker, name, borrowed), summary: summary || summaryOf(borrowed) }]
      : [];
  });
}

/** What the documentation says of an exported declaration: its signature, what is said of it, and of its methods. */
export function describe(checker, { name, declaration }) {
  const summary = summaryOf(declaration);
  if (ts.isFunctionDeclaration(declaration))
    return {
      name,
      kind: "function",
      signature: signatureOf(checker, name, declaration),
      summary,
      tags: tagsOf(declaration),
    };
  if (ts.isVariableDeclaration(declaration)) {
    const own = functionOf(declaration.initializer);
    if (own) return { name, kind: "function", signature: signatureOf(checker, name, own), summary };
    if (declaration.type)
      return { name, kind: "constant", signature: `const ${name}: ${textOf(declaration.type)}`, summary };
    if (declaration.initializer && ts.isObjectLiteralExpression(declaration.initializer))
      return { name, kind: "object", summary, methods: methodsOf(checker, declaration.initializer) };
    const type = checker.typeToString(checker.getTypeAtLocation(declaration));
    return { name, kind: "constant", signature: `const ${name}: ${type}`, summary };
  }
  if (ts.isInterfaceDeclaration(declaration)) {
    const bases = (declaration.heritageClauses ?? []).flatMap(({ types }) => types.map(textOf));
    const extending = bases.length === 0 ? "" : ` extends ${bases.join(", ")}`;
    const members = membersOf(checker, declaration);
    return {
      name,
      kind: "type",
      signature: `interface ${name}${typeParameters(declaration)}${extending}`,
      summary,
      members,
    };
  }
  if (ts.isTypeAliasDeclaration(declaration) && ts.isIntersectionTypeNode(declaration.type))
    return { name, kind: "type", signature: name, summary, members: mergedMembers(checker, declaration) };
  return {
    name,
    kind: "type",
    signature: `type ${name}${typeParameters(declaration)} = ${textOf(declaration.type)}`,
    summary,
  };
}

/** Members of an intersection of objects; one that several of them have is all of what they say. */
function mergedMembers(checker, declaration) {
  const properties = checker.getPropertiesOfType(checker.getTypeAtLocation(declaration));
  return properties.map(({ name, declarations }) => ({
    name,
    shown: name + (declarations.every((one) => one.questionToken) ? "?" : ""),
    form: declarations.map((one) => textOf(one.type)).join(" & "),
    summary: declarations.map(summaryOf).join(" "),
  }));
}

/** Members of an interface or of an object type, those of objects within them by paths: `task.ways`. */
export function membersOf(checker, node, prefix = "") {
  const list = node.members ?? node.type?.members ?? [];
  return list.flatMap((member) => {
    const own = member.name?.getText() ?? "";
    const name = prefix + own;
    const shown = name + (member.questionToken ? "?" : "");
    const summary = summaryOf(member);
    if (ts.isMethodSignature(member))
      return [{ name, shown, form: signatureOf(checker, own, member), summary }];
    if (!member.type) return [];
    const inner = ts.isTypeLiteralNode(member.type) ? membersOf(checker, member.type, `${name}.`) : [];
    const all = { name, shown, form: textOf(member.type), summary };
    return inner.every(({ summary: said }) => said === "")
      ? [all]
      : [...(summary === "" ? [] : [{ ...all, form: "object" }]), ...inner];
  });
}
