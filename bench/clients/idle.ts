/** The same watch over a loop that has nothing to do: what the machine itself takes away. */
import { setTimeout as delay } from 'node:timers/promises';
import { giveAnswer, orderOf } from '../setup/client-side.ts';
import { watchLoop } from '../setup/watch-loop.ts';

const { ms } = orderOf<{ readonly ms: number }>();
const watch = watchLoop();
await delay(100);
watch.lap();
await delay(ms);
const seen = watch.lap();
watch.stop();
giveAnswer(seen);
