// Reads the import graph from the sources themselves, with TypeScript's parser and no resolver but our own few rules,
// so that it does not share the blind spots of the other two checks.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';

export interface Import {
  /** The importing file, from the repository, with forward slashes. */
  readonly from: string;
  /** The imported file from the repository, or the name of the package or built-in module. */
  readonly to: string;
  readonly kind: 'file' | 'package' | 'builtin';
  /** True when only types cross, so that nothing is loaded at run time. */
  readonly typeOnly: boolean;
  readonly line: number;
}

interface Mention {
  readonly specifier: string;
  readonly typeOnly: boolean;
  readonly position: number;
}

const sourceFolders = ['src', 'electron', 'test', 'bench', 'tools'];
const sourceFile = /\.(ts|tsx|mts|mjs)$/;

function filesUnder(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesUnder(root, path);
    return sourceFile.test(entry.name) ? [path] : [];
  });
}

/** Every specifier a file mentions: imports, re-exports, dynamic imports, import types and `new URL(…, import.meta.url)`. */
function mentionsIn(source: ts.SourceFile): Mention[] {
  const found: Mention[] = [];
  const add = (node: ts.Node | undefined, typeOnly: boolean): void => {
    if (node !== undefined && ts.isStringLiteralLike(node)) {
      found.push({ specifier: node.text, typeOnly, position: node.getStart(source) });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node)) {
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    } else if (ts.isNewExpression(node) && node.expression.getText(source) === 'URL') {
      const [path, base] = node.arguments ?? [];
      const ownFile = path !== undefined && ts.isStringLiteralLike(path) && sourceFile.test(path.text);
      if (ownFile && base?.getText(source) === 'import.meta.url') add(path, false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

function resolveMention(
  from: string,
  specifier: string,
  aliases: Readonly<Record<string, string>>,
): Pick<Import, 'to' | 'kind'> {
  const path = specifier.replace(/\?.*$/, '');
  if (path.startsWith('.')) return { to: posix.normalize(`${dirname(from)}/${path}`), kind: 'file' };
  if (path.startsWith('#')) {
    const prefix = path.slice(0, path.indexOf('/') + 1);
    const target = aliases[`${prefix}*`];
    return {
      to: target === undefined ? path : posix.normalize(target.replace('*', path.slice(prefix.length))),
      kind: 'file',
    };
  }
  if (isBuiltin(path)) return { to: path, kind: 'builtin' };
  return { to: packageName(path), kind: 'package' };
}

/** Reads every import of the sources under `root`, which must hold a package.json with an `imports` map. */
export function readImports(root: string): Import[] {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { imports?: Record<string, string> };
  const aliases = manifest.imports ?? {};
  return sourceFolders
    .flatMap((folder) => filesUnder(root, folder))
    .flatMap((from) => {
      const text = readFileSync(join(root, from), 'utf8');
      const source = ts.createSourceFile(from, text, ts.ScriptTarget.Latest, false);
      return mentionsIn(source).map(({ specifier, typeOnly, position }) => ({
        from,
        ...resolveMention(from, specifier, aliases),
        typeOnly,
        line: source.getLineAndCharacterOfPosition(position).line + 1,
      }));
    });
}
