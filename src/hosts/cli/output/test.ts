/** What a workspace's test found, scopes that its key lacks included. */
import type { MethodOutput } from '#contract/methods/index.ts';
import type { Sink } from '../terminal.ts';
import { createPaint } from './paint.ts';
import { oneLine } from './width.ts';

type Test = MethodOutput<'workspace.test'>;

/** The key works, and all that fails is reading that it is not allowed. */
const hasGapsOnly = ({ checks }: Test): boolean =>
  checks.some(({ name, ok }) => name === 'Key' && ok === true) &&
  checks.every(({ ok, missing }) => ok !== false || (missing !== null && missing !== 'text_to_speech'));

const verdict = (test: Test, paint: ReturnType<typeof createPaint>): string =>
  test.ok ? paint.good('works') : hasGapsOnly(test) ? paint.warn('works, with gaps') : paint.bad('does not work');

/** Ends with a newline. What a missing scope costs its user stands in the vendor check's own message. */
export const formatTest = (
  name: string,
  test: Test,
  sink: Pick<Sink, 'color'>,
  shown: Test['checks'] = test.checks,
): string => {
  const paint = createPaint(sink);
  const scopes = shown.flatMap(({ missing }) => (missing === null ? [] : [missing]));
  const lines = [
    `${paint.bold(oneLine(name))} ${verdict(test, paint)}`,
    ...shown.map((check) => {
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

/** Only what fails, after a change that stands whatever a test says. Empty when nothing does. */
export const formatFailures = (name: string, test: Test, sink: Pick<Sink, 'color'>): string => {
  const failing = test.checks.filter(({ ok }) => ok === false);
  return failing.length === 0 && test.ok ? '' : formatTest(name, test, sink, failing);
};
