import { useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { dayOf, type HistoryFilter, momentOf, type Period, periods } from '../../stores/history-filter.ts';
import { type Translate, wordsOf } from '../../words/words.ts';
import { ChoiceList, FilterChip } from './filter-chip.tsx';
import styles from './filter-bar.module.css';
import { formatDay } from './when.ts';

const periodWords = (t: Translate<'history'>): Readonly<Record<Period, string>> => ({
  today: t('periodToday'),
  week: t('periodWeek'),
  month: t('periodMonth'),
  quarter: t('periodQuarter'),
  thisMonth: t('periodThisMonth'),
  lastMonth: t('periodLastMonth'),
  thisYear: t('periodThisYear'),
  lastYear: t('periodLastYear'),
});

const said = (filter: HistoryFilter, t: Translate<'history'>): string | null => {
  const period = periods.find((one) => one === filter.when);
  if (period !== undefined) return periodWords(t)[period];
  const from = momentOf(filter.from, false);
  const to = momentOf(filter.to, true);
  const [first, last] = [from === undefined ? '' : formatDay(from), to === undefined ? '' : formatDay(to - 1)];
  if (from !== undefined && to !== undefined) return first === last ? first : t('fromTo', { from: first, to: last });
  return from !== undefined ? t('since', { day: first }) : to !== undefined ? t('until', { day: last }) : null;
};

const DayField = ({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (day: string) => void;
}) => (
  <TextField className={cx(styles.day)} value={value} onChange={onChange}>
    <Label>{label}</Label>
    <Input type="date" className={cx(styles.input)} />
  </TextField>
);

const OwnDays = ({
  filter,
  onChange,
}: {
  readonly filter: HistoryFilter;
  readonly onChange: (days: { readonly from: string | undefined; readonly to: string | undefined }) => void;
}) => {
  const t = wordsOf('history');
  const [from, setFrom] = useState(dayOf(filter.from, false));
  const [to, setTo] = useState(dayOf(filter.to, true));
  return (
    <form
      className={styles.days}
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ from: from || undefined, to: to || undefined });
      }}
    >
      <DayField label={t('fromDay')} value={from} onChange={setFrom} />
      <DayField label={t('toDay')} value={to} onChange={setTo} />
      <Button type="submit" size="small">
        {t('showDays')}
      </Button>
    </form>
  );
};

/** When it was made: a usual period, or from one day to another. */
export const WhenFilter = ({
  filter,
  onChange,
}: {
  readonly filter: HistoryFilter;
  readonly onChange: (part: Readonly<Partial<Record<'when' | 'from' | 'to', string | undefined>>>) => void;
}) => {
  const t = wordsOf('history');
  const words = periodWords(t);
  return (
    <FilterChip
      name={t('filterWhen')}
      value={said(filter, t)}
      onClear={() => onChange({ when: undefined, from: undefined, to: undefined })}
    >
      {(close) => (
        <>
          <ChoiceList
            label={t('filterWhen')}
            choices={periods.map((id) => ({ id, label: words[id] }))}
            value={filter.when ?? null}
            onClose={close}
            onChoose={(when) => {
              onChange({ when, from: undefined, to: undefined });
              close();
            }}
          />
          <OwnDays
            filter={filter}
            onChange={(days) => {
              onChange({ when: undefined, ...days });
              close();
            }}
          />
        </>
      )}
    </FilterChip>
  );
};
