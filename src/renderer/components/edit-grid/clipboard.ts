/** Cells to and from spreadsheets: tab-separated text with quotes, and the HTML table that they put beside it. */

/** Rows of tab-separated text; a cell in quotes may hold tabs, line ends and doubled quotes. */
export const readTsv = (text: string): string[][] => {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const source = text.replaceAll(/\r\n?/g, '\n').replace(/\n$/, '');
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at] ?? '';
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (source[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell === '' && closes(source, at)) quoted = true;
    else if (sign === '\t') {
      row.push(cell);
      cell = '';
    } else if (sign === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
    } else cell += sign;
  }
  rows.push([...row, cell]);
  return rows;
};

/** Whether a quote that begins a cell ends before the cell does; else it is a sign like any other. */
const closes = (source: string, at: number): boolean =>
  /^"(?:[^"]|"")*"(?=\t|\n|$)/.test(source.slice(at, at + 100_000));

export const writeTsv = (rows: readonly (readonly string[])[]): string =>
  rows
    .map((row) => row.map((cell) => (/[\t\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join('\t'))
    .join('\n');

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>');

export const writeHtml = (rows: readonly (readonly string[])[]): string =>
  `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`).join('')}</table>`;

/** The first table of an HTML clipboard; null where there is none. Nothing in it is run or loaded: the document is never shown. */
export const readHtml = (html: string): string[][] | null => {
  const table = new DOMParser().parseFromString(html, 'text/html').querySelector('table');
  if (table === null) return null;
  const rows = [...table.querySelectorAll('tr')].map((row) =>
    [...row.querySelectorAll('td, th')].map((cell) => {
      for (const end of cell.querySelectorAll('br')) end.replaceWith('\n');
      // Sources are indented; only what is asked for by <br> is a line end.
      return (cell.textContent ?? '')
        .split('\n')
        .map((line) => line.replaceAll(/\s+/g, ' ').trim())
        .join('\n')
        .trim();
    }),
  );
  return rows.length === 0 ? null : rows;
};

/** Spreadsheets put both kinds down; text alone comes from everywhere else. */
export const readClipboard = (clipboard: Pick<DataTransfer, 'getData'>): string[][] => {
  const text = clipboard.getData('text/plain');
  const tsv = text === '' ? [] : readTsv(text);
  const isTable = tsv.length > 1 || (tsv[0]?.length ?? 0) > 1;
  if (isTable) return tsv;
  const html = clipboard.getData('text/html');
  return (html === '' ? null : readHtml(html)) ?? tsv;
};
