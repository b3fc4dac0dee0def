import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { SelectField, TextField } from '../../components/field.tsx';
import { isDay, periodKinds } from '../../figures/periods.ts';
import { layerDimensions, measures } from '../../figures/stacks.ts';
import { wordsOf } from '../../words/words.ts';
import { dayWords } from './figure-words.ts';
import styles from './usage-screen.module.css';

const periodWords = {
  billing: 'periodBilling',
  month: 'periodMonth',
  quarter: 'periodQuarter',
  year: 'periodYear',
  custom: 'periodCustom',
} as const;
const dimensionWords = {
  workspace: 'byWorkspace',
  voice: 'byVoice',
  project: 'byProject',
  person: 'byPerson',
  model: 'byModel',
} as const;
const everyWorkspace = 'all';

/** Which days, which accounts, what is counted and how it is split. */
export const SpendFilter = () => {
  const { usage, workspaces } = useStudio();
  const choice = useStore(usage, (state) => state.choice);
  const range = useStore(usage, (state) => state.figures?.range ?? null);
  const list = useStore(workspaces, (state) => state.workspaces);
  const t = wordsOf('usage');
  return (
    <div role="group" aria-label={t('filter')} className={styles.filter}>
      <SelectField
        label={t('period')}
        value={choice.period}
        options={periodKinds.map((id) => ({ id, label: t(periodWords[id]) }))}
        onChange={(period) =>
          usage.choose(
            period === 'custom' && choice.from === null && range !== null ? { period, ...range } : { period },
          )
        }
      />
      {choice.period === 'custom' &&
        (['from', 'to'] as const).map((end) => (
          <TextField
            key={end}
            type="date"
            label={t(end)}
            value={choice[end] ?? ''}
            onChange={(day) => {
              if (isDay(day)) usage.choose({ [end]: day });
            }}
          />
        ))}
      <SelectField
        label={t('workspace')}
        value={choice.workspaceId ?? everyWorkspace}
        options={[
          { id: everyWorkspace, label: t('everyWorkspace') },
          ...list.map(({ id, name }) => ({ id: id as string, label: name })),
        ]}
        onChange={(id) => usage.choose({ workspaceId: id === everyWorkspace ? null : id })}
      />
      <SelectField
        label={t('counts')}
        value={choice.measure}
        options={measures.map((id) => ({ id, label: t(id) }))}
        onChange={(measure) => usage.choose({ measure })}
      />
      <SelectField
        label={t('split')}
        value={choice.by}
        options={layerDimensions.map((id) => ({ id, label: t(dimensionWords[id]) }))}
        onChange={(by) => usage.choose({ by })}
      />
      <SelectField
        label={t('source')}
        value={choice.source}
        options={[
          { id: 'both', label: t('sourceBothShort') },
          { id: 'ledger', label: t('sourceLedgerShort') },
          { id: 'vendor', label: t('sourceVendorShort') },
        ]}
        onChange={(source) => usage.choose({ source })}
      />
      <SelectField
        label={t('steps')}
        value={choice.grain}
        options={[
          { id: 'auto', label: t('grainAuto') },
          { id: 'day', label: t('grainDay') },
          { id: 'month', label: t('grainMonth') },
        ]}
        onChange={(grain) => usage.choose({ grain })}
      />
      {range !== null && (
        <p role="status" className={styles.range}>
          {t('rangeShown', { from: dayWords(range.from), to: dayWords(range.to) })}
        </p>
      )}
    </div>
  );
};
