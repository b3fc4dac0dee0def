import { type Document, isAlias, isMap, isScalar, type Node, parseDocument } from 'yaml';
import type { VoiceSettings } from '#contract/entities.ts';

/** A remark about a piece of YAML; offsets count from the start of that piece. */
export interface YamlRemark {
  readonly severity: 'error' | 'warning' | 'notice';
  readonly code: string;
  readonly message: string;
  readonly from: number;
  readonly to: number;
}

export const readYaml = (text: string): { readonly document: Document; readonly remarks: readonly YamlRemark[] } => {
  const document = parseDocument(text, { prettyErrors: false, strict: true, uniqueKeys: true, logLevel: 'silent' });
  const remarks = [...document.errors, ...document.warnings].map((cause): YamlRemark => {
    const message = `This is not valid YAML: ${cause.message.trim().replace(/\.$/u, '')}.`;
    return {
      severity: cause.name === 'YAMLWarning' ? 'warning' : 'error',
      code: 'yaml_syntax',
      message,
      from: cause.pos[0],
      to: cause.pos[1],
    };
  });
  return { document, remarks };
};

/** What an alias stands for, one step deep; anything else as it is. */
export const resolved = (node: unknown, document: Document): unknown => (isAlias(node) ? node.resolve(document) : node);

export const rangeOf = (node: unknown): { readonly from: number; readonly to: number } => {
  const range = (node as Node | null | undefined)?.range;
  return range === undefined || range === null ? { from: 0, to: 0 } : { from: range[0], to: range[1] };
};

/** A scalar as the text it was written as: `title: 1.50` stays `1.50`. */
export const textOf = (node: unknown): string | null => {
  if (!isScalar(node) || node.value === null) return null;
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
};

/** The entries of a mapping that a vendor setting can be made of; the others come back as remarks. */
export const readSettings = (
  node: unknown,
  document: Document,
): { readonly settings: VoiceSettings; readonly remarks: readonly YamlRemark[] } => {
  const remarks: YamlRemark[] = [];
  if (!isMap(node)) {
    const message = 'Settings are written as {speed: 1.15}.';
    return { settings: {}, remarks: [{ severity: 'error', code: 'settings_form', message, ...rangeOf(node) }] };
  }
  const entries: [string, string | number | boolean][] = [];
  for (const pair of node.items) {
    const name = textOf(pair.key);
    const value = resolved(pair.value, document);
    const plain = isScalar(value) ? value.value : undefined;
    if (
      name !== null &&
      (typeof plain === 'string' || typeof plain === 'boolean' || (typeof plain === 'number' && Number.isFinite(plain)))
    ) {
      entries.push([name, plain]);
      continue;
    }
    const message = `The setting ${name ?? ''} needs a number, a text, true or false, as in {speed: 1.15}.`.replace(
      '  ',
      ' ',
    );
    remarks.push({ severity: 'error', code: 'setting_value', message, ...rangeOf(pair.key) });
  }
  return { settings: Object.fromEntries(entries), remarks };
};
