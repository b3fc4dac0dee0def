import { openStudio } from '#test/builders/studio.ts';
import { fill, makeBed, orderedLines } from './setup/rows.ts';
import { addTakeEntry } from '#engine/database/history-entries.ts';
import { insertTake } from '#engine/database/takes.ts';
import { addOutput } from '#engine/database/usage-days.ts';
import { insertGeneration, markStored } from '#engine/database/generations.ts';
import { charge, release } from '#engine/ledger/book.ts';
import { changeJob } from '#engine/database/jobs.ts';
import { partStored } from '#engine/database/join-jobs.ts';
import { addVoiceRate } from '#engine/database/takes.ts';
const n = 4000;
const open = async () => { const studio = await openStudio({ start: false }); const bed = await makeBed(studio); await fill(studio.ports, bed, [...orderedLines(studio.ports, bed.workspaceSeq, n)]);
 const { database, ids } = studio.ports;
 const jobs = database.prepare('SELECT seq, recipe_id, take_no, render_seq FROM jobs').all() as any[];
 for (let i=0;i<jobs.length;i+=500) database.transaction(() => { for (const j of jobs.slice(i,i+500)) { database.prepare("UPDATE jobs SET state='running', claim_id='x' WHERE seq=?").run(j.seq); j.gen = ids.next(); insertGeneration(database, { id: j.gen, jobSeq: j.seq, renderSeq: j.render_seq, state:'created', method:'POST', url:'http://x', contentType:'application/json', body: new Uint8Array(450), idempotencyKey: ids.next(), baseUrl:'http://x', keyFingerprint:'k', estimateCredits: 60, createdAt: 1, submittedAt: null }); } });
 return { studio, jobs, at: 0 }; };
const libs = [await open(), await open(), await open()];
const modes = ['without', 'with', 'entry only'];
const sums = [0,0,0], cpus=[0,0,0];
const batch = 10;
for (let round=0; round<n/batch; round++) for (const m of [0,1]) {
  const lib = libs[m]!; const { database, ids, clock } = lib.studio.ports;
  const c0 = process.cpuUsage(); const t0 = performance.now();
  database.transaction(() => { for (let k=0;k<batch;k++) { const j = lib.jobs[lib.at++]; const at = clock.now();
    const take = { id: ids.next(), recipeId: j.recipe_id, takeNo: j.take_no, generationId: j.gen, sha256: String(j.seq).padStart(64,'0'), format:'wav', bytes: 50000, durationMs: 3000, sampleRate: 44100, channels:1, loudnessLufs:-20, truePeakDb:-3, suspect:null, createdAt: at, samplesPerPeak:441, peaks:new Uint8Array(600)} as any;
    insertTake(database, take); addOutput(database, {jobSeq: j.seq, take, generationId: j.gen});
    if (m === 1) addTakeEntry(database, {jobSeq: j.seq, take, generationId: j.gen});
    markStored(database, j.gen, 'gen_'+j.gen, 60, at); charge(database, {seq: j.seq, renderSeq: j.render_seq}, j.gen, 60, at); release(database, {seq: j.seq, renderSeq: j.render_seq}, at);
    changeJob(database, j.seq, 'running', { state: 'succeeded', dropHold: true } as any, at); addVoiceRate(database, 'chosen/Ava', 40, 3); partStored(database, j.recipe_id, j.take_no); } });
  sums[m]! += performance.now()-t0; const c = process.cpuUsage(c0); cpus[m]! += (c.user + c.system)/1000;
}
for (const m of [0,1]) console.log(modes[m], 'wall us/job', (sums[m]!/n*1000).toFixed(0), 'cpu us/job', (cpus[m]!/n*1000).toFixed(0));
{ const lib = libs[1]!; const db = lib.studio.ports.database; const { factsOfTake } = await import('#engine/database/own-calls.ts'); const { listRuns } = await import('#engine/database/history-order.ts');
const ts = db.prepare('SELECT t.id, t.generation_id g, j.seq FROM takes t JOIN jobs j ON j.recipe_id = t.recipe_id').all() as any[];
const time = (name: string, f: (t: any) => void) => { const t0 = process.cpuUsage(); for (const t of ts) f(t); const c = process.cpuUsage(t0); console.log(name, ((c.user+c.system)/ts.length).toFixed(1), 'us'); };

for (let i=0;i<3;i++) time('own tx facts', t => factsOfTake(db, t.seq, t.id, t.g)); 
}
for (const lib of libs) await lib.studio.remove();
process.exit(0);
