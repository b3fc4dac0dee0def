/** What a workspace's test found, scopes that its key lacks included. */
import type { MethodOutput } from '#contract/methods/index.ts';
import type { Sink } from '../terminal.ts';
import { createPaint } from './paint.ts';
import { oneLine } from './width.ts';

/** Ends with a newline. What a missing scope costs its user stands in the vendor check's own message. */
export const formatTest = (
  name: string,
  { ok, checks }: MethodOutput<'workspace.test'>,
  sink: Pick<Sink, 'color'>,
): string => {
  const paint = createPaint(sink);
  const scopes = checks.flatMap(({ missing }) => (missing === null ? [] : [missing]));
  const lines = [
    `${paint.bold(oneLine(name))} ${ok ? paint.good('works') : paint.bad('does not work')}`,
    ...checks.map((check) => {
      const mark = check.ok === null ? paint.dim('-') : check.ok ? paint.good('✓') : paint.bad('✗');
      const scope = check.missing === null ? '' : ` ${paint.warn(`[scope ${oneLine(check.missing)} is missing]`)}`;
      return `  ${mark} ${oneLine(check.name)}: ${oneLine(check.message)}${scope}`;
    }),
    ...(scopes.length === 0
      ? []
      : [`  The key lacks ${scopes.map(oneLine).join(', ')}; the vendor's page of API keys adds scopes.`]),
  ];
  return `${lines.join('\n')}\n`;
};
