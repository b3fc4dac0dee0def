/** The engine's own enqueue, claim and settle over a real library, with a vendor that costs no time. */
import { openStudio } from '#test/builders/studio.ts';
import { giveAnswer, orderOf } from '../setup/client-side.ts';
import { fill, makeBed, orderedLines, settleAll } from '../setup/rows.ts';

const { folder, jobs, slots } = orderOf<{ readonly folder: string; readonly jobs: number; readonly slots: number }>();
const studio = await openStudio({ folder, start: false });
const { ports } = studio;
const bed = await makeBed(studio);
// Expansion is not part of an insert: the peers are given their rows too.
const items = [...orderedLines(ports, bed.workspaceSeq, jobs)];
const started = performance.now();
await fill(ports, bed, items);
const filled = performance.now();
const settled = await settleAll(ports, bed, slots, new Uint8Array(600));
const done = performance.now();
if (settled !== jobs) throw new Error(`${settled} of ${jobs} jobs were settled.`);
giveAnswer({ enqueueMs: filled - started, runMs: done - filled });
// The library is thrown away.
process.exit(0);
