/** Every sentence that a person sees lies in src/renderer/words: nothing is written into a screen, so that every language has it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const renderer = fileURLToPath(new URL('../../src/renderer', import.meta.url));

/** Signs, units and examples of spelling, which are the same in every language. */
const allowed: readonly string[] = [
  'screens/history/filter-bar.tsx',
  'screens/review/take-strip.tsx',
  'screens/review/take-wave.tsx',
  'screens/scripts/forecast-plot.tsx',
  'screens/scripts/lexicon/entry-form.tsx',
  'screens/scripts/lexicon/entry-table.tsx',
  'screens/scripts/preview-strip.tsx',
];

/** Attributes whose text is seen or read out, on elements and on our own components. */
const spoken = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
  'title',
  'placeholder',
  'alt',
  'label',
  'hint',
  'about',
  'confirm',
  'description',
]);
/** Methods that put a sentence before a person. */
const tellers = new Set(['show', 'announce']);
const hasLetters = (text: string): boolean => /\p{L}{2,}|\p{L}\s*$/u.test(text);

/** Texts that an expression may become. */
const textsIn = (node: ts.Expression): readonly ts.Node[] => {
  if (ts.isStringLiteralLike(node)) return hasLetters(node.text) ? [node] : [];
  if (ts.isTemplateExpression(node)) {
    const parts = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
    return parts.some(hasLetters) ? [node] : [];
  }
  if (ts.isConditionalExpression(node)) return [...textsIn(node.whenTrue), ...textsIn(node.whenFalse)];
  if (ts.isParenthesizedExpression(node)) return textsIn(node.expression);
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    if (kind === ts.SyntaxKind.PlusToken) return [...textsIn(node.left), ...textsIn(node.right)];
    const picks = [
      ts.SyntaxKind.AmpersandAmpersandToken,
      ts.SyntaxKind.BarBarToken,
      ts.SyntaxKind.QuestionQuestionToken,
    ];
    if (picks.includes(kind)) return textsIn(node.right);
  }
  return [];
};

const textsOfAttribute = ({ name, initializer }: ts.JsxAttribute): readonly ts.Node[] => {
  if (!spoken.has(name.getText()) || initializer === undefined) return [];
  if (ts.isStringLiteral(initializer)) return textsIn(initializer);
  return ts.isJsxExpression(initializer) && initializer.expression !== undefined ? textsIn(initializer.expression) : [];
};

const isKeyCap = (node: ts.Node): boolean => ts.isJsxElement(node) && node.openingElement.tagName.getText() === 'kbd';

const textsOf = (node: ts.Node): readonly ts.Node[] => {
  // A key cap shows what is printed on the key.
  if (ts.isJsxText(node)) return hasLetters(node.text) && !isKeyCap(node.parent) ? [node] : [];
  if (ts.isJsxAttribute(node)) return textsOfAttribute(node);
  if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent))
    return node.expression === undefined ? [] : textsIn(node.expression);
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { name, expression } = node.expression;
    if (tellers.has(name.text) && /\bmessages$/.test(expression.getText())) return node.arguments.flatMap(textsIn);
  }
  return [];
};
/** `tone` of a message and the like are single words that nobody reads. */
const isSentence = (node: ts.Node): boolean =>
  !(ts.isStringLiteralLike(node) && /^(notice|warning|error)$/.test(node.text));

const scan = (name: string, source: string): readonly string[] => {
  const file = ts.createSourceFile(
    name,
    source,
    ts.ScriptTarget.ES2024,
    true,
    name.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    for (const text of textsOf(node).filter(isSentence)) {
      const { line } = file.getLineAndCharacterOfPosition(text.getStart());
      found.push(`${name}:${line + 1} ${text.getText().trim().slice(0, 60)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
};

const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('words/'))
  .sort();
const found = new Map(files.map((name) => [name, scan(name, readFileSync(join(renderer, name), 'utf8'))]));

describe('the search for sentences', () => {
  const search = (source: string): number => scan('x.tsx', source).length;
  it('finds them wherever they hide', () => {
    expect(search('<p>Hello there</p>')).toBe(1);
    expect(search('<p>{open ? "Open now" : t("closed")}</p>')).toBe(1);
    expect(search('<input aria-label="Name" placeholder={`for ${name}`} />')).toBe(2);
    expect(search('messages.show("notice", "Nothing to do.")')).toBe(1);
  });
  it('lets signs, figures and translated words pass', () => {
    expect(search('<p className="row" id="name">{t("hello")} · {count} %</p>')).toBe(0);
    expect(search('messages.show("notice", t("nothing"))')).toBe(0);
  });
});

describe('the screens', () => {
  it('have no sentence written into them', () => {
    expect([...found].flatMap(([name, texts]) => (allowed.includes(name) ? [] : texts))).toEqual([]);
  });
  it('are left on the list of exceptions no longer than they need it', () => {
    expect(allowed.filter((name) => (found.get(name) ?? []).length === 0)).toEqual([]);
  });
});
