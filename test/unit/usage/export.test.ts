import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { UsageRow } from '#contract/account.ts';
import { usageCsv, usageFileName, usageJson, type UsageFile } from '#engine/usage/export.ts';

const row = (voice: string, given: Partial<UsageRow> = {}): UsageRow => ({
  labels: [voice, '2026-03-01'],
  ids: ['id', '2026-03-01'],
  workspaceId: null,
  provider: 'supertone',
  source: 'vendor',
  credits: -3.5,
  characters: null,
  seconds: 745.9508094,
  minutes: 12.43251349,
  takes: null,
  ...given,
});
const file = (...rows: UsageRow[]): UsageFile => ({
  from: '2026-03-01',
  to: '2026-03-31',
  by: ['voice', 'day'],
  rows,
  workspaceName: () => 'Agency',
});

describe('the exported CSV', () => {
  it('names the unit of every amount and keeps all decimals', () => {
    expect(usageCsv(file(row('Agatha')))).toBe(
      "voice,day (UTC),workspace,provider,source,credits (the vendor's unit),characters,seconds,minutes (the vendor's figure),takes\r\n" +
        'Agatha,2026-03-01,Agency,supertone,vendor,-3.5,,745.9508094,12.43251349,\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx'])(
    'does not let %j run as a formula, but leaves numbers numbers',
    (voice) => {
      const [line] = usageCsv(file(row(voice)))
        .split('\r\n')
        .slice(1);
      expect(line).toMatch(/^"?'/);
      expect(line).toContain(',-3.5,');
    },
  );

  it('is read back as it was by a reader of CSV', () => {
    const odd = ['a "quoted" one', 'with, comma', 'two\nlines', 'Zoë 東京'];
    const { data, errors } = Papa.parse<string[]>(usageCsv(file(...odd.map((voice) => row(voice)))), {
      skipEmptyLines: true,
    });
    expect(errors).toEqual([]);
    expect(data.slice(1).map(([voice]) => voice)).toEqual(odd);
  });

  it('has a header even when there is nothing to tell, and no second column of workspaces', () => {
    expect(usageCsv({ ...file(), by: ['workspace'] })).toMatch(/^workspace,provider,source/);
  });
});

describe('the exported JSON', () => {
  it('says what it is of', () => {
    expect(JSON.parse(usageJson(file(row('Agatha'))))).toMatchObject({
      from: '2026-03-01',
      by: ['voice', 'day'],
      rows: [{ minutes: 12.43251349 }],
    });
    expect(usageFileName(file(), 'json')).toBe('usage-2026-03-01-to-2026-03-31-by-voice-day.json');
  });
});
