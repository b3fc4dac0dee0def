import type { Render } from '#contract/entities.ts';
import { formatCount, formatDecimal, formatLeft } from '../../components/format.ts';
import { wordsOf } from '../../words/words.ts';
import { spentWords } from './portions.ts';
import styles from './render-detail.module.css';

/** What a render has come to so far, in figures. */
export const RenderFigures = ({ render }: { readonly render: Render }) => {
  const t = wordsOf('renders');
  const { progress, budgetCredits, state } = render;
  const isOver = state === 'done' || state === 'cancelled';
  const figures: readonly (readonly [string, string])[] = [
    [t('figureLines'), formatCount(progress.units)],
    [t('figureOwnedBefore'), formatCount(progress.owned)],
    [t('figureRendered'), formatCount(progress.succeeded)],
    ...(isOver
      ? []
      : ([
          [t('figureInFlight'), formatCount(progress.running)],
          [t('figureWaiting'), formatCount(progress.queued)],
        ] as const)),
    [t('figureFailed'), formatCount(progress.failed)],
    ...(progress.uncertain > 0 ? [[t('figureUncertain'), formatCount(progress.uncertain)] as const] : []),
    ...(isOver
      ? []
      : ([
          [
            t('figureRate'),
            progress.perSecond === null ? '–' : t('perSecond', { rate: formatDecimal(progress.perSecond) }),
          ],
          [
            t('figureTimeLeft'),
            state === 'active' && progress.secondsLeft !== null ? formatLeft(progress.secondsLeft) : '–',
          ],
        ] as const)),
    [t('figureSpent'), spentWords(progress)],
    ...(progress.heldCredits > 0
      ? [[t('figureHeld'), t('creditsShort', { count: progress.heldCredits })] as const]
      : []),
    ...(budgetCredits === null ? [] : [[t('figureBudget'), t('creditsShort', { count: budgetCredits })] as const]),
  ];
  return (
    <dl className={styles.figures}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};
