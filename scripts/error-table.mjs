// Writes the table of error codes in docs/errors.md from the source: code, class, what it says. --check only compares.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const root = join(import.meta.dirname, "..");

function sources(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === "generated" ? [] : sources(path);
    return name.endsWith(".ts") && !name.endsWith(".test.ts") ? [path] : [];
  });
}

const pending = new Set();

/** What an expression says, with … for what only running tells, and alternatives side by side. */
function textOf(node) {
  if (node === undefined) return "";
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return textOf(node.expression);
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map((span) => inside(span.expression) + span.literal.text).join("");
  }
  if (ts.isConditionalExpression(node)) {
    const [one, other] = [textOf(node.whenTrue), textOf(node.whenFalse)];
    return one === "" || other === "" ? one || other : `${one} / ${other}`;
  }
  if (!ts.isIdentifier(node) || pending.has(node.text)) return "";
  // A name that leads back to itself says nothing.
  pending.add(node.text);
  const text = textOf(constantOf(node)) || argumentsFor(node);
  pending.delete(node.text);
  return text;
}

/** What is given for a parameter where its function is called in the same file. */
function argumentsFor(name) {
  let scope = name.parent;
  while (scope !== undefined && !scope.parameters?.some((each) => each.name.getText() === name.text))
    scope = scope.parent;
  if (scope === undefined || scope.name === undefined) return "";
  const index = scope.parameters.findIndex((each) => each.name.getText() === name.text);
  const texts = new Set();
  const visit = (node) => {
    if (ts.isCallExpression(node) && node.expression.getText() === scope.name.text) {
      const text = node.arguments[index] === undefined ? "" : textOf(node.arguments[index]);
      if (text !== "") texts.add(text);
    }
    ts.forEachChild(node, visit);
  };
  visit(name.getSourceFile());
  return [...texts].join(" / ");
}

/** The same within a sentence. */
function inside(node) {
  return textOf(node).replaceAll(" / ", " or ") || "…";
}

/** What a name stands for that is a constant of the same function or file. */
function constantOf(name) {
  for (let scope = name.parent; scope !== undefined; scope = scope.parent) {
    for (const statement of scope.statements ?? []) {
      if (!ts.isVariableStatement(statement)) continue;
      for (const { name: declared, initializer } of statement.declarationList.declarations) {
        if (ts.isIdentifier(declared) && declared.text === name.text && initializer !== name) return initializer;
      }
    }
  }
  return undefined;
}

const rows = new Map();
for (const file of sources(join(root, "src"))) {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const visit = (node, kind) => {
    let own = kind;
    const made = ts.isNewExpression(node) ? node.expression.getText() : "";
    if (/^(Option|Shape|State|Format|Engine)Error$/.test(made)) own = made;
    if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) {
      own = /\b(?:Option|Shape|State|Format|Engine)Error\b/.exec(node.type?.getText() ?? "")?.[0] ?? own;
    }
    if (ts.isObjectLiteralExpression(node)) {
      const memberOf = (name) =>
        node.properties.find((each) => ts.isPropertyAssignment(each) && each.name.getText() === name)?.initializer;
      const code = textOf(memberOf("code"));
      const what = memberOf("what") ?? shorthand(node, "what") ?? memberOf("message");
      const why = memberOf("why");
      const isCode = /^[a-z0-9-]+$/.test(code);
      if (isCode && why !== undefined) add(code, "StateError", `Cannot read or write "…": ${inside(why)}`);
      else if (isCode && (what !== undefined || /\bwhat\b/.test(node.getText()))) add(code, own, textOf(what));
    }
    ts.forEachChild(node, (child) => visit(child, own));
  };
  // What crosses threads as plain data becomes a StateError on the other side.
  visit(source, "StateError");
}

/** The name in `{ what }`. */
function shorthand(object, name) {
  return object.properties.find((each) => ts.isShorthandPropertyAssignment(each) && each.name.text === name)?.name;
}

function add(code, kind, what) {
  const words = what.replace(/\s+/g, " ").replaceAll("|", "\\|").trim();
  const known = rows.get(code);
  if (known === undefined || known.words === "") rows.set(code, { kind, words });
}

const table = [
  "| code | class | what it says |",
  "|---|---|---|",
  ...[...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([code, { kind, words }]) => `| \`${code}\` | ${kind} | ${words === "" ? "what went wrong, and where" : words} |`,
    ),
].join("\n");

const path = join(root, "docs/errors.md");
const text = readFileSync(path, "utf8");
const renewed = text.replace(
  /(<!-- codes -->)[\s\S]*?(<!-- \/codes -->)/,
  (_, open, close) => `${open}\n${table}\n${close}`,
);
if (process.argv.includes("--check")) {
  if (renewed !== text) {
    console.error("docs/errors.md is behind the source: node scripts/error-table.mjs");
    process.exit(1);
  }
} else writeFileSync(path, renewed);
