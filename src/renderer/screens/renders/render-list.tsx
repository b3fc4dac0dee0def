import { memo, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Render } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { formatLeft, formatMoment } from '../../components/format.ts';
import { Progress } from '../../components/progress.tsx';
import { type Column, VirtualTable } from '../../components/virtual-table.tsx';
import { wordsOf } from '../../words/words.ts';
import { inOrder, portionsOf, waitsForPerson, withAudio } from './portions.ts';
import styles from './render-list.module.css';
import { RenderBadge } from './state-badge.tsx';

const Entry = memo(({ render }: { readonly render: Render }) => {
  const t = wordsOf('renders');
  const { units, secondsLeft } = render.progress;
  const live = render.state === 'active' && !waitsForPerson(render);
  return (
    <div className={styles.entry}>
      <span className={styles.line}>
        <span className={styles.name}>{render.title}</span>
        <RenderBadge render={render} />
      </span>
      <Progress
        label={t('progressOf', { title: render.title })}
        total={units}
        portions={portionsOf(render.progress)}
        live={live}
      />
      <span className={styles.line}>
        <span className={styles.soft}>{t('ofUnits', { done: withAudio(render.progress), units })}</span>
        <span className={styles.soft}>
          {live && secondsLeft !== null
            ? t('timeLeft', { time: formatLeft(secondsLeft) })
            : formatMoment(render.createdAt)}
        </span>
      </span>
    </div>
  );
});

const rowKey = ({ id }: Render): string => id;

/** Every order, what is under way on top. */
export const RenderList = () => {
  const { renders } = useStudio();
  const list = useStore(renders, (state) => state.renders);
  const openId = useStore(renders, (state) => state.openId);
  const t = wordsOf('renders');
  const rows = useMemo(() => inOrder(list), [list]);
  const columns: readonly Column<Render>[] = [
    {
      id: 'render',
      title: t('renderColumn'),
      width: 'minmax(0, 1fr)',
      cell: (render) => <Entry render={render} />,
    },
  ];
  return (
    <div className={styles.list}>
      {rows.length > 0 && (
        <VirtualTable
          label={t('title')}
          columns={columns}
          rows={rows}
          rowKey={rowKey}
          activeKey={openId}
          onActive={({ id }) => renders.open(id)}
          rowHeight={72}
        />
      )}
    </div>
  );
};
