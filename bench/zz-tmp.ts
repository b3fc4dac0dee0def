import { openHistoryLibrary, createVocabulary, dice } from './setup/history-library.ts';
import { pageByTime } from '#engine/database/history-search.ts';
import { readEntries, noFilter } from '#engine/database/history-pages.ts';
import { createPresenter } from '#engine/history/present.ts';
import { createHistorySearch } from '#engine/history/search.ts';
import { createIndexQuery } from '#engine/history/index-query.ts';
import { parseQuery } from '#engine/history/query-words.ts';
import { listRuns } from '#engine/database/history-order.ts';
import { seqInRun, pageByWords, listWaiting, listTerms } from '#engine/database/history-search.ts';
const db = openHistoryLibrary(100000, console.log);
const { newest, oldest } = db.prepare<any>('SELECT max(id) AS newest, min(id) AS oldest FROM history_entries').get()!;
const any = () => oldest + Math.floor(Math.random() * (newest - oldest));
const cpu = (name: string, f: () => unknown, n = 400) => { for (let i = 0; i < 50; i++) f(); const a: number[] = []; const c0 = process.cpuUsage(); for (let i = 0; i < n; i++) { const t = performance.now(); f(); a.push(performance.now() - t); } const c = process.cpuUsage(c0); a.sort((x, y) => x - y); console.log(name.padEnd(34), 'cpu', ((c.user + c.system) / n).toFixed(0), 'us  p50', a[n >> 1]!.toFixed(3), 'p95', a[Math.floor(n * .95)]!.toFixed(3)); };
const seqs = () => pageByTime(db, any(), 0, 51).map(h => h.seq);
const { words } = createVocabulary(dice(11));
const pick = (a: number, b: number) => words[a + Math.floor(Math.random() * (b - a))]!;

const run = listRuns(db)[0]!;
const q = (m: string) => pageByWords(db, m, run.highSeq + 1, run.lowSeq, 51);

const mid = () => run.lowSeq + Math.floor(Math.random() * (run.highSeq - run.lowSeq));
for (const m of ['"flo"*', '"flo"', '"graid"']) { cpu('top ' + m, () => pageByWords(db, m, run.highSeq + 1, run.lowSeq, 51)); cpu('mid ' + m, () => pageByWords(db, m, mid(), run.lowSeq, 51)); cpu('mid narrow ' + m, () => { const x = mid(); return pageByWords(db, m, x, x - 2000, 51); });
 const asc = db.prepare('SELECT rowid FROM history_text WHERE history_text MATCH +? AND rowid >= +? ORDER BY rowid LIMIT 51'); cpu('asc mid ' + m, () => asc.all(m, mid())); 
 const le = db.prepare('SELECT rowid FROM history_text WHERE history_text MATCH +? AND rowid <= +? ORDER BY rowid DESC LIMIT 51'); cpu('desc <= mid ' + m, () => le.all(m, mid())); 
 const cnt = db.prepare('SELECT count(*) n FROM history_text WHERE history_text MATCH +?'); console.log(cnt.get(m)); }
db.close();
