/**
 * A made-up rush: twelve renders and a thousand jobs in flight, a thousand takes a second, pushed as the engine pushes
 * them. For looking at what the screen does under it.
 */
import type { EventName, EventPayload } from '#contract/events.ts';
import type { Render, RenderItem } from '#contract/entities.ts';
import { lane, progress, render } from './entities.ts';
import type { World } from './world.ts';

type Push = <N extends EventName>(name: N, payload: EventPayload<N>) => void;

const renders = 12;
const variants = 200;
const linesPerVariant = 20;
const inFlight = 1000;
const tickMs = 50;
const takesPerTick = 50;
/** As often as the engine publishes a subject. */
const publishEveryMs = 200;

const itemAt = (position: number): RenderItem => ({
  position,
  variant: `city-${String(Math.floor(position / linesPerVariant)).padStart(3, '0')}`,
  lineId: null,
  linePosition: (position % linesPerVariant) + 1,
  character: position % 3 === 0 ? 'HOST' : 'GUEST',
  text: `Offer number ${position}, only this week at our store in the middle of the town.`,
  recipeHash: position.toString(16).padStart(64, '0') as RenderItem['recipeHash'],
  takeNo: 1,
  leadingPauseMs: 0,
  trailingPauseMs: 0,
  state: 'queued',
  jobId: null,
  takeId: null,
  error: null,
});

export const createBurst = (world: World, push: Push) => {
  const total = variants * linesPerVariant;
  let done = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const items: RenderItem[] = Array.from({ length: total }, (_, position) => itemAt(position));
  const takeIds = [...world.takes.keys()];

  const viewOf = (at: number): Render => {
    const succeeded = done % total;
    return render(`burst-${at}`, {
      title: `Campaign ${at + 1}`,
      state: 'active',
      createdAt: 1_000_000 + at,
      progress: progress({
        items: total,
        units: total,
        succeeded,
        running: Math.min(inFlight, total - succeeded),
        queued: Math.max(0, total - succeeded - inFlight),
        perSecond: 84.2,
        secondsLeft: (total - succeeded) / 84.2,
      }),
    });
  };
  const lanes = () =>
    Array.from({ length: 8 }, (_, at) =>
      lane(`workspace-${at + 1}`, {
        state: 'working',
        inFlight: 100 + ((done + at) % 25),
        concurrency: 125,
        queued: total - (done % total),
      }),
    );
  const tally = () => ({ queued: renders * (total - (done % total)), running: inFlight, asking: 0 });
  const renew = (): void => {
    for (let at = 0; at < takesPerTick; at += 1) {
      const position = (done + at) % total;
      const from = items[position];
      const ahead = (position + inFlight / renders) % total;
      const next = items[Math.floor(ahead)];
      if (from !== undefined) items[position] = { ...from, state: 'succeeded', takeId: (takeIds[0] ?? null) as never };
      if (next !== undefined) items[next.position] = { ...next, state: 'running', takeId: null };
    }
    done += takesPerTick;
  };
  world.renders = Array.from({ length: renders }, (_, at) => viewOf(at)).toReversed();
  world.items = items;
  world.lanes = lanes();
  world.tally = tally();

  const publish = (): void => {
    world.renders = Array.from({ length: renders }, (_, at) => viewOf(at)).toReversed();
    world.lanes = lanes();
    world.tally = tally();
    for (const changed of world.renders) push('render.changed', { render: changed });
    push('queue.changed', { lanes: world.lanes, tally: world.tally });
  };
  return {
    start: (): void => {
      let sincePublished = 0;
      timer ??= setInterval(() => {
        renew();
        for (let at = 0; at < takesPerTick; at += 1)
          push('take.added', {
            takeId: (takeIds[at % takeIds.length] ?? 't') as never,
            recipeHash: items[(done + at) % total]?.recipeHash ?? ('' as never),
            takeNo: 1,
          });
        sincePublished += tickMs;
        if (sincePublished < publishEveryMs) return;
        sincePublished = 0;
        publish();
      }, tickMs);
    },
    stop: (): void => {
      clearInterval(timer);
      timer = undefined;
    },
    done: (): number => done,
  };
};
