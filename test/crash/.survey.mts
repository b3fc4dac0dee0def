import { runLife } from '#test/crash/chain.ts';
import { clockFrom } from '#test/crash/child.ts';
import { scenarios } from '#test/crash/scenarios.ts';
import { namedPoints } from '#test/crash/points.ts';
import { startGenerationsServer } from '#test/fakes/generations-server/server.ts';
import { mkdtempSync, rmSync } from 'node:fs';
const all = new Set(namedPoints());
for (const [name, s] of Object.entries(scenarios)) {
  if (process.argv[2] && process.argv[2] !== name) continue;
  const base=Date.now();
  const server = await startGenerationsServer({ seed: 1, audioBytes: 2000, ...s.server }, clockFrom(base, s.speed ?? 10));
  const folder = mkdtempSync('/tmp/cuebooth-survey-');
  const t=Date.now();
  const e = await runLife({folder, scenario: name, baseUrl: server.baseUrl, clockBase: base, before: [], order: 1, kill: null} as never, server.apiKey);
  const t2=Date.now();
  const e2 = await runLife({folder, scenario: name, baseUrl: server.baseUrl, clockBase: base, before: [1], order: null, kill: null} as never, server.apiKey);
  const passed = e.said.at(-1)?.passed ?? {}; const p2 = e2.said.at(-1)?.passed ?? {};
  console.log('==', name, t2-t, Date.now()-t2, e.complaints.slice(0,1500), e2.complaints.slice(0,1500), JSON.stringify(e2.said.filter(x=>x.kind==='judged')));
  console.log('  ', Object.entries(passed).map(([k,v])=>{all.delete(k); return k+':'+v}).join(' '));
  await server.close(); rmSync(folder,{recursive:true});
}
console.log('MISSING', [...all].join(' '));
