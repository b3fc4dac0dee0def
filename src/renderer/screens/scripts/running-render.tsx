import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { useStudio } from '../../app/studio-context.ts';
import { formatDecimal, formatLeft } from '../../components/format.ts';
import { Progress } from '../../components/progress.tsx';
import { TallyLight } from '../../components/tally-light.tsx';
import { wordsOf } from '../../words/words.ts';
import { portionsOf, renderStateWords, waitsForPerson, withAudio } from '../renders/portions.ts';
import styles from './running-render.module.css';

/** The open script's renders that are under way. */
export const RunningRender = () => {
  const { renders, navigation } = useStudio();
  const scriptId = useStore(navigation, (state) => state.scriptId);
  const running = useStore(
    renders,
    useShallow((state) =>
      state.renders.filter(
        (render) => render.scriptId === scriptId && render.state !== 'done' && render.state !== 'cancelled',
      ),
    ),
  );
  const t = wordsOf('renders');
  return running.map((render) => {
    const { units, perSecond, secondsLeft } = render.progress;
    const asks = waitsForPerson(render);
    const live = render.state === 'active' && !asks;
    return (
      <button
        key={render.id}
        type="button"
        className={styles.card}
        onClick={() => {
          renders.open(render.id);
          navigation.go({ room: 'renders' });
        }}
      >
        <span className={styles.head}>
          <TallyLight state={live ? 'on' : asks ? 'asking' : 'waiting'} />
          {renderStateWords(render)}
          <span className={styles.count}>{t('ofUnits', { done: withAudio(render.progress), units })}</span>
        </span>
        <Progress
          label={t('progressOf', { title: render.title })}
          total={units}
          portions={portionsOf(render.progress)}
          live={live}
        />
        {live && perSecond !== null && (
          <span className={styles.note}>
            {t('linesPerSecond', { rate: formatDecimal(perSecond) })}
            {secondsLeft !== null && ` · ${t('timeLeft', { time: formatLeft(secondsLeft) })}`}
          </span>
        )}
      </button>
    );
  });
};
