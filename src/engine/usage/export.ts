/** Usage as a file's text: CSV for spreadsheets (RFC 4180), JSON for programs. */
import type { UsageDimension, UsageRow } from '#contract/account.ts';

/** A spreadsheet would run text that begins so as a formula; a quote before it keeps it text. */
const cell = (value: string | number | null): string => {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export interface UsageFile {
  readonly from: string;
  readonly to: string;
  readonly by: readonly UsageDimension[];
  readonly rows: readonly UsageRow[];
  readonly workspaceName: (row: UsageRow) => string;
}

/** One line per row; each amount's header names its unit. */
export const usageCsv = ({ by, rows, workspaceName }: UsageFile): string => {
  const header = [
    ...by.map((dimension) => (dimension === 'day' || dimension === 'month' ? `${dimension} (UTC)` : dimension)),
    ...(by.includes('workspace') ? [] : ['workspace']),
    'provider',
    'source',
    "credits (the vendor's unit)",
    'characters',
    'seconds',
    "minutes (the vendor's figure)",
    'takes',
  ];
  const lines = rows.map((row) => [
    ...row.labels,
    ...(by.includes('workspace') ? [] : [workspaceName(row)]),
    row.provider,
    row.source,
    row.credits,
    row.characters,
    row.seconds,
    row.minutes,
    row.takes,
  ]);
  return [header, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('');
};

export const usageJson = ({ from, to, by, rows }: UsageFile): string =>
  `${JSON.stringify({ from, to, days: 'UTC', by, rows }, null, 2)}\n`;

export const usageFileName = ({ from, to, by }: UsageFile, format: 'csv' | 'json'): string =>
  `usage-${from}-to-${to}-by-${by.join('-')}.${format}`;
