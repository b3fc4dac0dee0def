/** A library of many takes, each with its recipe, job, generation, books and peaks, made through the engine's own functions. */
import { openStudio } from '#test/builders/studio.ts';
import { giveAnswer, orderOf } from '../setup/client-side.ts';
import { fill, makeBed, orderedLines, settleAll } from '../setup/rows.ts';

const { folder, takes } = orderOf<{ readonly folder: string; readonly takes: number }>();
const studio = await openStudio({ folder, start: false });
const bed = await makeBed(studio);
await fill(studio.ports, bed, orderedLines(studio.ports, bed.workspaceSeq, takes));
// Peaks of 3 s at 100 a second; one take a minute into the past.
const started = studio.ports.clock.now() - takes * 60_000;
const settled = await settleAll(studio.ports, bed, 500, new Uint8Array(600), (index) => started + index * 60_000);
// The render is over: a start has nothing to go on with.
await studio.engine.start();
await studio.close('finish');
giveAnswer({ settled });
