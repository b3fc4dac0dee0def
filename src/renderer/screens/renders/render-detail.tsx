import { Ban, Pause, Play, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { Render, RenderItem } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { NumberField } from '../../components/field.tsx';
import {
  formatCount,
  formatCredits,
  formatDecimal,
  formatLeft,
  formatMoment,
  plural,
} from '../../components/format.ts';
import { Progress } from '../../components/progress.tsx';
import { ConfirmSheet } from '../../components/sheet.tsx';
import { type Column, VirtualTable } from '../../components/virtual-table.tsx';
import { portionsOf, spentWords, waitsForPerson, withAudio } from './portions.ts';
import styles from './render-detail.module.css';
import { JobBadge, RenderBadge } from './state-badge.tsx';

const Controls = ({ render }: { readonly render: Render }) => {
  const { renders } = useStudio();
  const [cancelling, setCancelling] = useState(false);
  const [budget, setBudget] = useState<number | null>(null);
  const { state, progress, id } = render;
  const open = state === 'active' || state === 'paused' || state === 'over_budget' || state === 'preparing';
  return (
    <div className={styles.controls}>
      {state === 'over_budget' && (
        <NumberField
          label="New budget"
          labelHidden
          placeholder="New budget"
          minValue={0}
          value={budget ?? Number.NaN}
          onChange={(value) => setBudget(Number.isFinite(value) ? value : null)}
        />
      )}
      {(state === 'active' || state === 'preparing') && (
        <Button icon={<Pause aria-hidden />} onPress={() => void renders.pause(id)}>
          Pause
        </Button>
      )}
      {(state === 'paused' || state === 'over_budget') && (
        <Button
          look="primary"
          icon={<Play aria-hidden />}
          isDisabled={state === 'over_budget' && budget === null}
          onPress={() => void renders.resume(id, state === 'over_budget' ? budget : undefined)}
        >
          Resume
        </Button>
      )}
      {(progress.failed > 0 || progress.cancelled > 0) && (
        <Button icon={<RotateCcw aria-hidden />} onPress={() => void renders.retry(id)}>
          Retry {formatCount(progress.failed + progress.cancelled)}
        </Button>
      )}
      {open && (
        <Button look="danger" icon={<Ban aria-hidden />} onPress={() => setCancelling(true)}>
          Cancel
        </Button>
      )}
      {cancelling && (
        <ConfirmSheet
          title={`Cancel ${render.title}?`}
          confirm="Cancel render"
          onClose={() => setCancelling(false)}
          onConfirm={() => void renders.cancel(id)}
        >
          {plural(progress.queued, 'line')} not started will not be rendered. What is in flight still arrives and is
          kept, and what is rendered stays yours.
        </ConfirmSheet>
      )}
    </div>
  );
};

const Figures = ({ render }: { readonly render: Render }) => {
  const { progress, budgetCredits } = render;
  const figures: readonly (readonly [string, string])[] = [
    ['Lines', formatCount(progress.units)],
    ['Owned before', formatCount(progress.owned)],
    ['Rendered', formatCount(progress.succeeded)],
    ['In flight', formatCount(progress.running)],
    ['Waiting', formatCount(progress.queued)],
    ['Failed', formatCount(progress.failed)],
    ['Rate', progress.perSecond === null ? '–' : `${formatDecimal(progress.perSecond)}/s`],
    ['Time left', render.state === 'active' && progress.secondsLeft !== null ? formatLeft(progress.secondsLeft) : '–'],
    ['Spent', spentWords(progress)],
    ...(progress.heldCredits > 0 ? [['Held', `${formatCredits(progress.heldCredits)} cr`] as const] : []),
    ...(budgetCredits === null ? [] : [['Budget', `${formatCredits(budgetCredits)} cr`] as const]),
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

const columnsOf = (play: (item: RenderItem) => void): readonly Column<RenderItem>[] => [
  {
    id: 'play',
    title: 'Play',
    titleHidden: true,
    width: '26px',
    cell: (item) =>
      item.takeId === null ? null : (
        <IconButton
          size="small"
          label={`Play ${item.variant}, line ${item.linePosition}`}
          excludeFromTabOrder
          onPress={() => play(item)}
        >
          <Play aria-hidden />
        </IconButton>
      ),
  },
  { id: 'variant', title: 'Variant', width: 'minmax(110px, 0.8fr)', cell: ({ variant }) => variant },
  { id: 'line', title: 'Line', width: '36px', align: 'end', cell: ({ linePosition }) => linePosition },
  {
    id: 'character',
    title: 'Character',
    width: 'minmax(90px, 0.6fr)',
    cell: ({ character }) => <span className={styles.character}>{character}</span>,
  },
  { id: 'text', title: 'Text', width: 'minmax(200px, 2.4fr)', cell: ({ text }) => <span title={text}>{text}</span> },
  { id: 'take', title: 'Take', width: '36px', align: 'end', cell: ({ takeNo }) => takeNo },
  {
    id: 'state',
    title: 'State',
    width: '84px',
    cell: ({ state, error }) => <JobBadge state={state} {...(error === null ? {} : { title: error.message })} />,
  },
];

/** One order: how far it is, what went wrong, and every line of it. */
export const RenderDetail = ({ render }: { readonly render: Render }) => {
  const { renders, player } = useStudio();
  const items = useStore(renders, (state) => state.items);
  const [active, setActive] = useState<string | null>(null);
  const play = (item: RenderItem): void => {
    if (item.takeId !== null) void player.startTakeId(item.takeId);
  };
  const { units } = render.progress;
  return (
    <section className={styles.detail} aria-label={render.title}>
      <header className={styles.head}>
        <div className={styles.heading}>
          <h2 className={styles.title}>
            {render.title} <RenderBadge render={render} />
          </h2>
          <p className={styles.soft}>
            {formatMoment(render.createdAt)} · {render.person} on {render.machine} · {plural(render.takes, 'take')} of
            each line
          </p>
        </div>
        <Controls render={render} />
      </header>
      <div className={styles.bar}>
        <Progress
          label={`Progress of ${render.title}`}
          total={units}
          portions={portionsOf(render.progress)}
          live={render.state === 'active' && !waitsForPerson(render)}
        />
        <span>
          {formatCount(withAudio(render.progress))} of {formatCount(units)}
        </span>
      </div>
      <Figures render={render} />
      {render.errors.length > 0 && (
        <ul className={styles.errors} aria-label="What went wrong">
          {render.errors.map(({ code, message, count }) => (
            <li key={code}>
              <b>{formatCount(count)}×</b> {message}
            </li>
          ))}
        </ul>
      )}
      <div className={styles.items}>
        <VirtualTable
          label="Lines of this render"
          columns={columnsOf(play)}
          rows={items}
          rowKey={({ position }) => String(position)}
          activeKey={active}
          onActive={({ position }) => setActive(String(position))}
          onEnter={play}
          onNearEnd={renders.more}
          minWidth={680}
        />
      </div>
    </section>
  );
};
