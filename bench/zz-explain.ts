import { openStudio } from '#test/builders/studio.ts';
const studio = await openStudio({ start: false });
const db = studio.ports.database;
import { readFileSync } from 'node:fs';
const seen: string[] = [];
const spy = { prepare: (sql: string) => { seen.push(sql); return { get: () => undefined, all: () => [], run: () => ({changes:0,lastInsertRowid:1}) }; } } as any;
const own = await import('#engine/database/own-calls.ts'); own.factsOfTake(spy, 1, 'a', 'b'); own.factsOfJob(spy, 1); own.getCall(spy,'a'); own.findCall(spy, {provider:'a', vendorItemId:'b', requestId:'c'});
const vi = await import('#engine/database/vendor-items.ts'); vi.findItemsOf(spy, {seq:1, provider:'x', vendorId:'a', requestId:'b'}, 1); vi.findItem(spy,1,'a'); vi.listUnclaimed(spy,1,10); vi.oldestOpenAt(spy,1,1);
const pg = await import('#engine/database/history-pages.ts'); pg.readEntries(spy, [1], pg.noFilter, 5); 
for (const sql of seen) { console.log('---', sql.slice(0,90).replaceAll('\n',' ')); for (const r of db.prepare('EXPLAIN QUERY PLAN ' + sql).all(...(Array(sql.match(/\?5/)?5:sql.match(/\?\d/)?5:(sql.match(/\?/g)??[]).length).fill(1))) as any[]) console.log('  ', r.detail); }
await studio.remove();
