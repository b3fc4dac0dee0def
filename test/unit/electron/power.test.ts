import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { createElectronPower } from '#electron/main/power.ts';

const createParts = (mayBlock = true) => {
  const blockers = new Set<number>();
  const kinds: string[] = [];
  let next = 0;
  const monitor = new EventEmitter();
  const power = createElectronPower({
    mayBlock: () => mayBlock,
    powerMonitor: monitor,
    powerSaveBlocker: {
      start: (kind) => {
        kinds.push(kind);
        next += 1;
        blockers.add(next);
        return next;
      },
      stop: (id) => blockers.delete(id),
    },
  });
  return { power, blockers, kinds, monitor };
};

it('keeps the app from being suspended, and not the screen from sleeping, until each piece of work has ended', () => {
  const { power, blockers, kinds } = createParts();
  const [endOne, endTwo] = [power.blockSuspension('one'), power.blockSuspension('two')];
  expect([blockers.size, kinds]).toEqual([2, ['prevent-app-suspension', 'prevent-app-suspension']]);
  endOne();
  endOne();
  expect(blockers.size).toBe(1);
  endTwo();
  expect(blockers.size).toBe(0);
});

it('blocks nothing where the user does not want it', () => {
  const { power, blockers } = createParts(false);
  power.blockSuspension('work')();
  expect(blockers.size).toBe(0);
});

it('passes suspend and resume on until told to stop', () => {
  const { power, monitor } = createParts();
  const heard: string[] = [];
  const ends = [power.onSuspend(() => heard.push('suspend')), power.onResume(() => heard.push('resume'))];
  monitor.emit('suspend');
  monitor.emit('resume');
  for (const end of ends) end();
  monitor.emit('suspend');
  expect(heard).toEqual(['suspend', 'resume']);
  expect(monitor.listenerCount('suspend') + monitor.listenerCount('resume')).toBe(0);
});
