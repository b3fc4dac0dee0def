/** One line on a terminal that follows a render; nothing anywhere else. */
import type { RenderProgress } from '#contract/entities.ts';
import type { Sink } from '../terminal.ts';
import { createPaint } from './paint.ts';
import { cutTo, oneLine, widthOf } from './width.ts';
import { clock, count, credits } from './words.ts';

export interface ProgressBar {
  show(progress: RenderProgress, note: string | null): void;
  /** Takes the line away, so that a message can be printed. */
  clear(): void;
}

/** Units that need no further work: stored, failed or cancelled. */
export const finishedUnits = (progress: RenderProgress): number =>
  progress.owned + progress.succeeded + progress.failed + progress.cancelled;

/** The line's text for a row of `columns` cells; never longer, so that it never wraps. */
export const progressLine = (
  progress: RenderProgress,
  note: string | null,
  sink: Pick<Sink, 'columns' | 'color'>,
): string => {
  const paint = createPaint(sink);
  const finished = finishedUnits(progress);
  const share = progress.units === 0 ? 1 : Math.min(1, finished / progress.units);
  const facts = [
    `${count(finished)}/${count(progress.units)}`,
    `${Math.floor(share * 100)}%`,
    ...(progress.perSecond === null ? [] : [`${progress.perSecond.toFixed(1)}/s`]),
    ...(progress.secondsLeft === null || finished >= progress.units ? [] : [`${clock(progress.secondsLeft)} left`]),
    ...(progress.failed > 0 ? [`${count(progress.failed)} failed`] : []),
    ...(progress.asking > 0 ? [`${count(progress.asking)} to decide`] : []),
    ...(progress.spentCredits > 0 ? [credits(progress.spentCredits)] : []),
    ...(note === null ? [] : [oneLine(note)]),
  ];
  // One cell stays free: a full row wraps on some terminals.
  const room = sink.columns - 1;
  while (facts.length > 1 && widthOf(facts.join('  ')) > room) facts.pop();
  const text = cutTo(facts.join('  '), room);
  const bar = Math.min(30, room - widthOf(text) - 2);
  if (bar < 6) return text;
  const full = Math.floor(share * bar);
  return `${paint.warn('━'.repeat(full))}${paint.dim('─'.repeat(bar - full))}  ${text}`;
};

const redrawMs = 80;

export const createProgressBar = (sink: Sink, now: () => number): ProgressBar => {
  if (!sink.isTerminal) return { show: () => undefined, clear: () => undefined };
  let drawnAt = Number.NEGATIVE_INFINITY;
  let shown = '';
  return {
    show: (progress, note) => {
      const complete = finishedUnits(progress) >= progress.units;
      if (!complete && now() - drawnAt < redrawMs) return;
      const line = progressLine(progress, note, sink);
      if (line === shown) return;
      drawnAt = now();
      shown = line;
      sink.write(`\r${line}\u001b[K`);
    },
    clear: () => {
      if (shown === '') return;
      shown = '';
      sink.write('\r\u001b[K');
    },
  };
};
