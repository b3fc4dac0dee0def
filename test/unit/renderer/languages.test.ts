/** What the compiler cannot see in the words of a language: plurals in pairs, and the same placeholders everywhere. */
import { afterEach, describe, expect, it } from 'vitest';
import { ErrorCode } from '#contract/errors.ts';
import {
  formatBytes,
  formatCredits,
  formatDay,
  formatDecimal,
  formatLeft,
  formatPercent,
} from '#renderer/components/format.ts';
import { describeAlert, describeError, describeLane, describeProblem, tellError } from '#renderer/words/describe.ts';
import { de } from '#renderer/words/de/index.ts';
import { en } from '#renderer/words/en/index.ts';
import { speak, wordsOf } from '#renderer/words/words.ts';

type Words = Readonly<Record<string, Readonly<Record<string, string>>>>;
const spoken: Readonly<Record<string, Words>> = { en, de };
const entriesOf = (words: Words) =>
  Object.entries(words).flatMap(([area, entries]) =>
    Object.entries(entries).map(([key, text]) => ({ place: `${area}.${key}`, area, key, text })),
  );
const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

afterEach(() => speak('en'));

describe.each(Object.entries(spoken))('the words of %s', (_language, words) => {
  it('have one and other in pairs', () => {
    const keys = new Set(entriesOf(words).map(({ place }) => place));
    const alone = [...keys].filter(
      (place) =>
        (place.endsWith('_one') && !keys.has(place.replace(/_one$/, '_other'))) ||
        (place.endsWith('_other') && !keys.has(place.replace(/_other$/, '_one'))),
    );
    expect(alone).toEqual([]);
  });
  it('are none of them empty, nor spaced at their ends', () => {
    const loose = entriesOf(words).filter(
      ({ text, key }) => text.trim() === '' || (text !== text.trim() && key !== 'keyOf'),
    );
    expect(loose).toEqual([]);
  });
});

it('fill in the same names in every language', () => {
  const german: Words = de;
  const different = entriesOf(en).filter(({ area, key, text }) => {
    const other = german[area]?.[key];
    return other === undefined || placeholders(other).join() !== placeholders(text).join();
  });
  expect(different.map(({ place }) => place)).toEqual([]);
});

describe('the words of an error', () => {
  const failure = { code: 'disk_full', message: 'The disk /data is full.' };
  it('are the engine’s own in English, which say more', () => {
    expect(describeError(failure)).toEqual({ headline: failure.message, details: null });
  });
  it('lead in German, with the engine’s own beneath', async () => {
    await speak('de');
    const { headline, details } = describeError(failure);
    expect(headline).toContain('Das Laufwerk ist voll.');
    expect(details).toBe(failure.message);
    expect(tellError(failure)).toBe(`${headline}\n${failure.message}`);
  });
  it('are there for every code', async () => {
    await speak('de');
    for (const code of ErrorCode.options) expect(describeError({ code, message: 'x' }).details, code).toBe('x');
  });
  it('are the engine’s own for what nobody knows here', async () => {
    await speak('de');
    expect(describeProblem({ code: 'of_tomorrow', message: 'New.' })).toEqual({ headline: 'New.', details: null });
  });
  it('are there for problems, lanes and alerts too', async () => {
    await speak('de');
    expect(describeProblem({ code: 'voice_missing', message: 'x' }).details).toBe('x');
    expect(describeLane({ state: 'offline', reason: 'x' })?.headline).toContain('nicht erreichbar');
    expect(describeLane({ state: 'idle', reason: null })).toBeNull();
    expect(describeAlert({ kind: 'low_credits', message: 'x' }).headline).toBe('Die Credits werden knapp.');
  });
});

describe('numbers and times', () => {
  it('follow the language that is spoken', async () => {
    expect([formatCredits(1234.5), formatBytes(2.5e6), formatPercent(0.021)]).toEqual(['1,234.5', '2.5 MB', '2.1%']);
    await speak('de');
    expect([formatCredits(1234.5), formatBytes(2.5e6)]).toEqual(['1.234,5', '2,5 MB']);
    expect(formatDecimal(-20.63)).toBe('\u221220,6');
    expect(formatLeft(0.4)).toBe('etwa eine Sekunde');
    expect(formatDay(Date.UTC(2026, 2, 28, 12))).toBe('28. März 2026');
    expect(wordsOf('common')('lines', { count: 1200 })).toBe('1.200 Zeilen');
  });
});
