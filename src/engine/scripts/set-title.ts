import { isMap, parseDocument } from 'yaml';
import { AppError } from '#contract/errors.ts';
import { byteOrderMark, cutRows, findFrontMatter } from './rows.ts';
import { rangeOf, textOf } from './yaml-values.ts';

const isPlain = (title: string): boolean =>
  /^[\p{L}_](?:[\p{L}\p{M}\p{N} _.,&'’()/+-]*[\p{L}\p{M}\p{N}_).])?$/u.test(title) &&
  parseDocument(title).toJS() === title;

/**
 * Gives a script its title in the front matter and leaves every other byte; a script without front matter gets one.
 * Throws `script_has_errors` when the front matter cannot be read.
 */
export const setTitle = (source: string, title: string): string => {
  const bodyFrom = source.startsWith(byteOrderMark) ? 1 : 0;
  const rows = cutRows(source, bodyFrom);
  const found = findFrontMatter(rows);
  const lineEnd = rows.find((row) => row.lineEnd !== '')?.lineEnd ?? '\n';
  const written = isPlain(title) ? title : JSON.stringify(title);
  const entry = `title: ${written}${lineEnd}`;
  if (found.kind === 'none')
    return `${source.slice(0, bodyFrom)}---${lineEnd}${entry}---${lineEnd}${source.slice(bodyFrom)}`;
  const from = rows[1]?.start ?? 0;
  const to = found.kind === 'closed' ? (rows[found.end]?.start ?? 0) : 0;
  const yaml = source.slice(from, to);
  const document = parseDocument(yaml);
  if (found.kind === 'unclosed' || document.errors.length > 0) {
    throw new AppError(
      'script_has_errors',
      'The title was not changed: the front matter cannot be read. Put it right in the script, then rename it again.',
    );
  }
  const root = document.contents;
  const pair = isMap(root) ? root.items.find(({ key }) => textOf(key)?.trim() === 'title') : undefined;
  if (pair === undefined) {
    if (isMap(root) && root.flow === true) {
      const at = from + rangeOf(root).from + 1;
      return `${source.slice(0, at)}title: ${JSON.stringify(title)}, ${source.slice(at)}`;
    }
    return source.slice(0, from) + entry + source.slice(from);
  }
  const value = rangeOf(pair.value);
  const key = rangeOf(pair.key);
  if (pair.value === null || textOf(pair.value) === null || value.to <= value.from) {
    const colon = /^\s*:/u.exec(yaml.slice(key.to))?.[0].length ?? 0;
    const at = from + key.to + colon;
    return `${source.slice(0, at)}${colon === 0 ? ':' : ''} ${written}${source.slice(at)}`;
  }
  const whole = yaml.slice(value.from, value.to);
  const tail = whole.slice(whole.trimEnd().length);
  const quoted = isMap(root) && root.flow === true ? JSON.stringify(title) : written;
  return source.slice(0, from + value.from) + quoted + tail + source.slice(from + value.to);
};
