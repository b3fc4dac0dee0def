import { SlidersHorizontal } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { SelectField, SwitchField, TextField } from '../../components/field.tsx';
import type { FilterName, HistoryFilter } from '../../stores/history-filter.ts';
import { wordsOf } from '../../words/words.ts';
import { type Choice, ChoiceList, FilterChip } from './filter-chip.tsx';
import styles from './filter-bar.module.css';
import { statusWords } from './status-words.ts';
import { WhenFilter } from './when-filter.tsx';

type Change = (part: Partial<Record<FilterName, string | undefined>>) => void;

/** One of a list under a chip. */
const ListFilter = ({
  name,
  by,
  filter,
  choices,
  free,
  onChange,
}: {
  readonly name: string;
  readonly by: FilterName;
  readonly filter: HistoryFilter;
  readonly choices: readonly Choice[];
  readonly free?: (text: string) => string;
  readonly onChange: Change;
}) => {
  const value = filter[by] ?? null;
  const known = choices.find(({ id }) => id === value);
  return (
    <FilterChip name={name} value={known?.label ?? value} onClear={() => onChange({ [by]: undefined })}>
      {(close) => (
        <ChoiceList
          label={name}
          choices={choices}
          value={value}
          {...(free === undefined ? {} : { free })}
          onClose={close}
          onChoose={(id) => {
            onChange({ [by]: id === value ? undefined : id });
            close();
          }}
        />
      )}
    </FilterChip>
  );
};

const Credits = ({
  filter,
  onChange,
  onDone,
}: {
  readonly filter: HistoryFilter;
  readonly onChange: Change;
  readonly onDone: () => void;
}) => {
  const t = wordsOf('history');
  const [least, setLeast] = useState(filter.minCredits ?? '');
  const [most, setMost] = useState(filter.maxCredits ?? '');
  const apply = (): void => onChange({ minCredits: least.trim() || undefined, maxCredits: most.trim() || undefined });
  return (
    <form
      className={styles.days}
      onSubmit={(event) => {
        event.preventDefault();
        apply();
        onDone();
      }}
    >
      <TextField label={t('leastCredits')} inputMode="decimal" value={least} onChange={setLeast} onBlur={apply} />
      <TextField label={t('mostCredits')} inputMode="decimal" value={most} onChange={setMost} onBlur={apply} />
      <Button type="submit" size="small">
        {t('showDays')}
      </Button>
    </form>
  );
};

const creditsSaid = (
  { minCredits, maxCredits }: HistoryFilter,
  t: ReturnType<typeof wordsOf<'history'>>,
): string | null => {
  if (minCredits !== undefined && maxCredits !== undefined) return t('fromTo', { from: minCredits, to: maxCredits });
  if (minCredits !== undefined) return t('atLeast', { credits: minCredits });
  return maxCredits === undefined ? null : t('atMost', { credits: maxCredits });
};

const any = '';
/** The rarer filters behind one button; those that are set stand in the bar as chips. */
const MoreFilters = ({ filter, onChange }: { readonly filter: HistoryFilter; readonly onChange: Change }) => {
  const { history } = useStudio();
  const { models, statuses, vendorSources } = useStore(history, (state) => state.choices);
  const t = wordsOf('history');
  const select = (by: FilterName, label: string, options: readonly Choice[]): ReactNode => (
    <SelectField
      label={label}
      value={filter[by] ?? any}
      onChange={(id) => onChange({ [by]: id === any ? undefined : id })}
      options={[{ id: any, label: t('any') }, ...options]}
    />
  );
  return (
    <DialogTrigger>
      <AriaButton className={cx(styles.chip)}>
        <SlidersHorizontal aria-hidden /> {t('moreFilters')}
      </AriaButton>
      <Popover className={cx(styles.popover)} placement="bottom start" offset={4}>
        <Dialog aria-label={t('moreFilters')} className={cx(styles.dialog, styles.form)}>
          {({ close }) => (
            <>
              {select('origin', t('filterOrigin'), [
                { id: 'cuebooth', label: t('originHere') },
                { id: 'vendor', label: t('originThere') },
              ])}
              {select(
                'status',
                t('filterStatus'),
                statuses.map((id) => ({ id, label: statusWords(t, id) })),
              )}
              {select(
                'model',
                t('filterModel'),
                models.map((id) => ({ id, label: id })),
              )}
              {select(
                'source',
                t('filterSource'),
                vendorSources.map((id) => ({ id, label: id })),
              )}
              <Credits filter={filter} onChange={onChange} onDone={close} />
              <SwitchField
                label={t('suspectOnly')}
                isSelected={filter.suspect !== undefined}
                onChange={(on) => onChange({ suspect: on ? 'yes' : undefined })}
              />
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
};

const moreNames = ['origin', 'status', 'model', 'source'] as const;

export const FilterBar = () => {
  const { history, projects, workspaces } = useStudio();
  const t = wordsOf('history');
  const filter = useStore(history, (state) => state.filter);
  const choices = useStore(history, (state) => state.choices);
  const known = useStore(projects, (state) => state.projects);
  const accounts = useStore(workspaces, (state) => state.workspaces);
  const change: Change = history.filter;
  const said = {
    origin: filter.origin === 'cuebooth' ? t('originHere') : t('originThere'),
    status: statusWords(t, filter.status ?? ''),
    model: filter.model ?? '',
    source: filter.source ?? '',
  } as const;
  const names = {
    origin: t('filterOrigin'),
    status: t('filterStatus'),
    model: t('filterModel'),
    source: t('filterSource'),
  } as const;
  const isSet = Object.entries(filter).some(([name, value]) => value !== '' && name !== 'order' && name !== 'text');
  return (
    <div role="group" aria-label={t('filters')} className={styles.bar}>
      <WhenFilter filter={filter} onChange={change} />
      <ListFilter
        name={t('filterVoice')}
        by="voice"
        filter={filter}
        choices={choices.voices.map(({ id, name, provider }) => ({ id, label: name, note: provider }))}
        free={(text) => t('voicesWith', { text })}
        onChange={change}
      />
      <ListFilter
        name={t('filterProject')}
        by="project"
        filter={filter}
        choices={known.map(({ id, name }) => ({ id, label: name }))}
        onChange={change}
      />
      <ListFilter
        name={t('filterWorkspace')}
        by="workspace"
        filter={filter}
        choices={accounts.map(({ id, name }) => ({ id, label: name }))}
        onChange={change}
      />
      <ListFilter
        name={t('filterPerson')}
        by="person"
        filter={filter}
        choices={choices.people.map((id) => ({ id, label: id }))}
        onChange={change}
      />
      {moreNames.map((name) =>
        filter[name] === undefined ? null : (
          <Plain key={name} name={names[name]} value={said[name]} onClear={() => change({ [name]: undefined })} />
        ),
      )}
      {creditsSaid(filter, t) !== null && (
        <Plain
          name={t('colCredits')}
          value={creditsSaid(filter, t) ?? ''}
          onClear={() => change({ minCredits: undefined, maxCredits: undefined })}
        />
      )}
      {filter.suspect !== undefined && (
        <Plain name="" value={t('suspectOnly')} onClear={() => change({ suspect: undefined })} />
      )}
      <MoreFilters filter={filter} onChange={change} />
      {isSet && (
        <Button
          look="quiet"
          size="small"
          onPress={() => history.only(filter.text === undefined ? {} : { text: filter.text })}
        >
          {t('clearAll')}
        </Button>
      )}
    </div>
  );
};

/** A filter of the rarer ones that is set: it can only be taken away here. */
const Plain = ({
  name,
  value,
  onClear,
}: {
  readonly name: string;
  readonly value: string;
  readonly onClear: () => void;
}) => (
  <span className={cx(styles.pair, styles.set)}>
    <span className={cx(styles.chip, styles.still)}>
      {name !== '' && <span className={styles.name}>{name}</span>} {value}
    </span>
    <AriaButton
      aria-label={wordsOf('history')('clearFilter', { name: name || value })}
      className={cx(styles.clear)}
      onPress={onClear}
    >
      &times;
    </AriaButton>
  </span>
);
