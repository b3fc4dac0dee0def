import { Play, X } from 'lucide-react';
import { memo, useState } from 'react';
import { useStore } from 'zustand';
import type { RenderItem } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { SelectField } from '../../components/field.tsx';
import { type Column, VirtualTable } from '../../components/virtual-table.tsx';
import { itemFilters } from '../../stores/render-store.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './render-items.module.css';
import { JobBadge } from './state-badge.tsx';

/** Cells that hold more than a word; a row that did not change costs nothing. */
const PlayCell = memo(({ item, play }: { readonly item: RenderItem; readonly play: (item: RenderItem) => void }) =>
  item.takeId === null ? null : (
    <IconButton
      size="small"
      label={wordsOf('renders')('playItem', { variant: item.variant, line: item.linePosition })}
      excludeFromTabOrder
      onPress={() => play(item)}
    >
      <Play aria-hidden />
    </IconButton>
  ),
);
const StateCell = memo(({ item: { state, error } }: { readonly item: RenderItem }) => (
  <span className={styles.state}>
    <JobBadge state={state} {...(error === null ? {} : { title: error.message })} />
    {error !== null && <span title={error.message}>{error.message}</span>}
  </span>
));

const columnsOf = (play: (item: RenderItem) => void, hasErrors: boolean): readonly Column<RenderItem>[] => {
  const t = wordsOf('renders');
  return [
    {
      id: 'play',
      title: t('columnPlay'),
      titleHidden: true,
      width: '26px',
      cell: (item) => <PlayCell item={item} play={play} />,
    },
    { id: 'variant', title: t('columnVariant'), width: 'minmax(110px, 0.8fr)', cell: ({ variant }) => variant },
    { id: 'line', title: t('columnLine'), width: '36px', align: 'end', cell: ({ linePosition }) => linePosition },
    {
      id: 'character',
      title: t('columnCharacter'),
      width: 'minmax(90px, 0.6fr)',
      cell: ({ character }) => <span className={styles.character}>{character}</span>,
    },
    {
      id: 'text',
      title: t('columnText'),
      width: 'minmax(200px, 2.4fr)',
      cell: ({ text }) => (
        <span title={text} dir="auto">
          {text}
        </span>
      ),
    },
    { id: 'take', title: t('columnTake'), width: '36px', align: 'end', cell: ({ takeNo }) => takeNo },
    {
      id: 'state',
      title: t('columnState'),
      width: hasErrors ? 'minmax(160px, 1.2fr)' : '90px',
      cell: (item) => <StateCell item={item} />,
    },
  ];
};
const rowKey = ({ position }: RenderItem): string => String(position);
const toneOf = ({ state }: RenderItem): 'warning' | 'danger' | undefined =>
  state === 'failed' ? 'danger' : state === 'uncertain' ? 'warning' : undefined;

/** Every line of the open render, all or those in one state or of one variant. */
export const RenderItems = () => {
  const { renders, player } = useStudio();
  const items = useStore(renders, (state) => state.items);
  const filter = useStore(renders, (state) => state.filter);
  const [active, setActive] = useState<string | null>(null);
  const [play] = useState(() => (item: RenderItem): void => {
    if (item.takeId !== null) void player.startTakeId(item.takeId);
  });
  const t = wordsOf('renders');
  const hasErrors = items.some(({ error }) => error !== null);
  return (
    <>
      <div className={styles.filters}>
        <SelectField
          label={t('filter')}
          labelHidden
          quiet
          options={itemFilters.map((id) => ({ id, label: t(`filter_${id}`) }))}
          value={filter.state}
          onChange={(state) => renders.show({ state })}
        />
        {filter.variant !== null && (
          <Button
            size="small"
            icon={<X aria-hidden />}
            aria-label={t('showAllVariants')}
            onPress={() => renders.show({ variant: null })}
          >
            {t('onlyVariant', { variant: filter.variant })}
          </Button>
        )}
        {items.length === 0 && filter.state !== 'all' && <span className={styles.none}>{t('noneInState')}</span>}
      </div>
      <div className={styles.items}>
        <VirtualTable
          label={t('lines')}
          columns={columnsOf(play, hasErrors)}
          rows={items}
          rowKey={rowKey}
          activeKey={active}
          onActive={({ position }) => setActive(String(position))}
          onEnter={play}
          onNearEnd={renders.more}
          minWidth={680}
          toneOf={toneOf}
        />
      </div>
    </>
  );
};
