import type { Render } from '#contract/entities.ts';
import { formatMoment } from '../../components/format.ts';
import { Progress } from '../../components/progress.tsx';
import { wordsOf } from '../../words/words.ts';
import { Causes } from './causes.tsx';
import { portionsOf, waitsForPerson, withAudio } from './portions.ts';
import { RenderControls } from './render-controls.tsx';
import styles from './render-detail.module.css';
import { RenderFigures } from './render-figures.tsx';
import { RenderItems } from './render-items.tsx';
import { RenderBadge } from './state-badge.tsx';
import { VariantStrip } from './variant-strip.tsx';

/** One order: how far it is, what went wrong, every variant and every line of it. */
export const RenderDetail = ({ render }: { readonly render: Render }) => {
  const t = wordsOf('renders');
  const { units } = render.progress;
  return (
    <section className={styles.detail} aria-label={render.title}>
      <header className={styles.head}>
        <div className={styles.heading}>
          <h2 className={styles.title}>
            <span className={styles.name}>{render.title}</span> <RenderBadge render={render} />
          </h2>
          <p className={styles.soft}>
            {t('madeBy', { when: formatMoment(render.createdAt), person: render.person, machine: render.machine })} ·{' '}
            {t('takesOfEach', { count: render.takes })}
          </p>
        </div>
        <RenderControls
          key={render.id}
          id={render.id}
          title={render.title}
          state={render.state}
          priority={render.priority}
          scriptId={render.scriptId}
          retriable={render.progress.failed + render.progress.cancelled}
          hasAudio={withAudio(render.progress) > 0}
        />
      </header>
      <div className={styles.bar}>
        <Progress
          label={t('progressOf', { title: render.title })}
          total={units}
          portions={portionsOf(render.progress)}
          live={render.state === 'active' && !waitsForPerson(render)}
        />
        <span className={styles.done}>{t('ofUnits', { done: withAudio(render.progress), units })}</span>
      </div>
      <RenderFigures render={render} />
      <Causes render={render} />
      <VariantStrip />
      <RenderItems key={`items-${render.id}`} />
    </section>
  );
};
