/** A line of the preview as the column beside the text shows it, and in words. */
import { formatDecimal } from '../../components/format.ts';
import type { LinePreview } from '../../stores/preview-store.ts';
import { wordsOf } from '../../words/words.ts';
import type { LineCell, LineInRow } from './editor-lines.ts';

const stateKeys = {
  fresh: 'stateFresh',
  owned: 'stateOwned',
  queued: 'stateQueued',
  running: 'stateRunning',
  uncertain: 'stateUncertain',
  failed: 'stateFailed',
  problem: 'stateProblem',
} as const satisfies Record<LinePreview['state'], string>;

/** How the dot looks: what was decided about a take goes before that it is there. */
export const dotOf = ({ state, verdict }: LinePreview): string =>
  state === 'owned' && (verdict === 'approved' || verdict === 'rejected') ? verdict : state;

export const stateWords = (line: LinePreview): string => {
  const t = wordsOf('scripts');
  const dot = dotOf(line);
  if (dot === 'approved') return t('stateApproved');
  return dot === 'rejected' ? t('stateRejected') : t(stateKeys[line.state]);
};

export const lengthWords = ({ actualSeconds, seconds, lowSeconds, highSeconds }: LinePreview): string => {
  const t = wordsOf('scripts');
  if (actualSeconds !== null) return t('measured', { seconds: formatDecimal(actualSeconds) });
  if (seconds === null || lowSeconds === null || highSeconds === null) return t('lengthUnknown');
  return t('predicted', {
    seconds: formatDecimal(seconds),
    low: formatDecimal(lowSeconds),
    high: formatDecimal(highSeconds),
  });
};

export const costWords = ({ credits }: LinePreview): string => {
  if (credits === null) return wordsOf('scripts')('unknownPrice');
  return credits === 0 ? wordsOf('scripts')('costNothing') : wordsOf('common')('credits', { count: credits });
};

/** Heard at a press: it is there, or costs nothing to make. */
export const canHear = ({ takeId, state, credits }: LinePreview): boolean =>
  takeId !== null || ((state === 'fresh' || state === 'failed') && credits === 0);

const cellOf = (line: LinePreview, isMaking: boolean): LineCell => {
  const t = wordsOf('scripts');
  const seconds = line.actualSeconds ?? line.seconds;
  return {
    state: dotOf(line),
    length: seconds === null ? '' : t('measured', { seconds: formatDecimal(seconds) }),
    isActual: line.actualSeconds !== null,
    price: line.credits === null ? '?' : line.credits === 0 ? '' : t('credits', { count: Math.ceil(line.credits) }),
    title: [stateWords(line), lengthWords(line), costWords(line)].join(' · '),
    canPlay: canHear(line),
    isMaking,
  };
};

/** Of thousands of lines only those in sight are put into words. */
export const lineInRow = (line: LinePreview, making: string | null): LineInRow => {
  const isMaking = making !== null && making === line.recipeHash;
  const { state, verdict, seconds, lowSeconds, highSeconds, actualSeconds, credits, takeId } = line;
  return {
    row: line.sourceLine,
    key: [state, verdict, seconds, lowSeconds, highSeconds, actualSeconds, credits, takeId, isMaking].join(),
    cell: () => cellOf(line, isMaking),
  };
};
