import { runLife } from '#test/crash/chain.ts';
import { clockFrom } from '#test/crash/child.ts';
import { scenarios } from '#test/crash/scenarios.ts';
import { startGenerationsServer } from '#test/fakes/generations-server/server.ts';
import { DatabaseSync } from 'node:sqlite';
import { mkdtempSync, rmSync } from 'node:fs';
const name = process.argv[2]; const s = scenarios[name];
const base=Date.now();
const server = await startGenerationsServer({ seed: 1, audioBytes: 2000, ...s.server }, clockFrom(base, s.speed ?? 10));
const folder = mkdtempSync('/tmp/cuebooth-survey-');
setTimeout(() => {
  const db = new DatabaseSync(folder + '/library.db', { readOnly: true });
  for (const t of ['jobs','generations','renders','ledger']) console.log(t, db.prepare(`select * from ${t}`).all().map(r=>JSON.stringify({...r, body: undefined})).join('\n   '));
  console.log(server.counts(), JSON.stringify(server.ledger().map(r=>[r.id,r.status])));
  rmSync(folder,{recursive:true}); process.exit();
}, Number(process.argv[3] ?? 8000));
const e = await runLife({folder, scenario: name, baseUrl: server.baseUrl, clockBase: base, before: [], order: 1, kill: null} as never, server.apiKey);
console.log(e);
