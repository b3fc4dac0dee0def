import { Pencil, PiggyBank, Plus, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Budget } from '#contract/account.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Badge } from '../../components/badge.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { amountWords, type CostUnit } from '../../components/credit-units.ts';
import { cx } from '../../components/cx.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { dayOf } from '../../figures/periods.ts';
import { wordsOf } from '../../words/words.ts';
import { BudgetSheet } from './budget-sheet.tsx';
import styles from './budgets.module.css';
import { historyQuery } from './history-links.ts';

const tones = { ok: 'plain', warn: 'warning', stop: 'danger' } as const;
const states = { ok: 'budgetOk', warn: 'budgetWarns', stop: 'budgetStopped' } as const;

const Meter = ({ budget, unit }: { readonly budget: Budget; readonly unit: CostUnit }) => {
  const t = wordsOf('usage');
  const { spentCredits: spent, heldCredits: held, warnCredits: warn, stopCredits: stop, state } = budget;
  const scale = Math.max(stop ?? 0, warn ?? 0, spent + held, 1) * (stop === null ? 1.15 : 1.04);
  const at = (amount: number): string => `${Math.min(100, (100 * Math.max(0, amount)) / scale)}%`;
  return (
    <div
      role="img"
      aria-label={t('budgetMeter', {
        name: budget.name,
        spent: amountWords(spent, unit),
        held: amountWords(held, unit),
      })}
      data-state={state}
      className={styles.meter}
    >
      <span className={styles.spent} style={{ width: at(spent) }} />
      <span className={styles.held} style={{ left: at(spent), width: at(held) }} />
      {warn !== null && <span className={styles.warnMark} style={{ left: at(warn) }} />}
      {stop !== null && <span className={styles.stopMark} style={{ left: at(stop) }} />}
    </div>
  );
};

const BudgetCard = ({
  budget,
  isWanted,
  onEdit,
}: {
  readonly budget: Budget;
  readonly isWanted: boolean;
  readonly onEdit: () => void;
}) => {
  const { usage, projects, workspaces, accounts, navigation } = useStudio();
  const project = useStore(projects, (state) => state.projects.find(({ id }) => id === budget.projectId)?.name);
  const workspace = useStore(workspaces, (state) => state.workspaces.find(({ id }) => id === budget.workspaceId)?.name);
  const unit = useStore(
    accounts,
    (state) => state.meters.find(({ workspaceId }) => workspaceId === budget.workspaceId)?.costUnit ?? 'credits',
  );
  const t = wordsOf('usage');
  const { id, name, person, period, spentCredits, heldCredits, warnCredits, stopCredits, state } = budget;
  const scope = [
    budget.projectId === null ? t('anyProject') : (project ?? t('removedProject')),
    person ?? t('anyPerson'),
    budget.workspaceId === null ? t('anyWorkspace') : (workspace ?? ''),
  ].filter(Boolean);
  const left = stopCredits === null ? null : stopCredits - spentCredits - heldCredits;
  const openTakes = (): void => {
    const today = dayOf(Date.now());
    navigation.go({
      room: 'history',
      query: historyQuery({
        range: { from: period === 'month' ? `${today.slice(0, 7)}-01` : '2020-01-01', to: today },
        workspaceId: budget.workspaceId,
        ...(budget.projectId === null ? {} : { project: budget.projectId }),
        ...(person === null ? {} : { person }),
      }),
    });
  };
  return (
    <li aria-labelledby={`budget-${id}`} className={cx(styles.budget, isWanted && styles.wanted)}>
      <div className={styles.head}>
        <h2 id={`budget-${id}`} className={styles.name}>
          {name}
        </h2>
        <Badge tone={tones[state]}>{t(states[state])}</Badge>
        <span className={styles.scope}>{scope.join(' · ')}</span>
        <span className={styles.scope}>{t(period === 'month' ? 'everyMonth' : 'inAll')}</span>
        <IconButton size="small" label={t('editBudget', { name })} onPress={onEdit}>
          <Pencil aria-hidden />
        </IconButton>
        <IconButton size="small" label={t('removeBudget', { name })} onPress={() => void usage.budgets.remove(budget)}>
          <Trash2 aria-hidden />
        </IconButton>
      </div>
      <Meter budget={budget} unit={unit} />
      <dl className={styles.figures}>
        <div>
          <dt>{t('spent')}</dt>
          <dd>
            <button type="button" className={styles.link} onClick={openTakes}>
              {amountWords(spentCredits, unit)}
            </button>
          </dd>
        </div>
        <div>
          <dt>{t('heldByQueue')}</dt>
          <dd>{amountWords(heldCredits, unit)}</dd>
        </div>
        <div className={styles.isWarn}>
          <dt>{t('warnsAt')}</dt>
          <dd>{warnCredits === null ? t('never') : amountWords(warnCredits, unit)}</dd>
        </div>
        <div className={styles.isStop}>
          <dt>{t('stopsAt')}</dt>
          <dd>{stopCredits === null ? t('never') : amountWords(stopCredits, unit)}</dd>
        </div>
        {left !== null && (
          <div>
            <dt>{t('leftUnder')}</dt>
            <dd>{amountWords(left, unit)}</dd>
          </div>
        )}
      </dl>
    </li>
  );
};

/** Our own caps: what is spent and held under each, and where it warns and stops. */
export const BudgetsTab = () => {
  const { usage, navigation } = useStudio();
  const status = useStore(usage.budgets, (state) => state.status);
  const budgets = useStore(usage.budgets, (state) => state.budgets);
  const wanted = useStore(navigation, (state) => state.query['budget']);
  const make = useStore(navigation, (state) => state.query['make']);
  const [editing, setEditing] = useState<Budget | 'new' | null>(make === undefined ? null : 'new');
  const t = wordsOf('usage');
  useEffect(() => {
    if (make !== undefined) setEditing('new');
  }, [make]);
  const close = (): void => {
    setEditing(null);
    if (make !== undefined) navigation.go({ room: 'usage', query: { tab: 'budgets' } }, 'replace');
  };
  const newBudget = (
    <Button look="primary" icon={<Plus aria-hidden />} onPress={() => setEditing('new')}>
      {t('newBudget')}
    </Button>
  );
  return (
    <div className={styles.budgets}>
      {status === 'ready' && budgets.length === 0 ? (
        <EmptyState icon={<PiggyBank aria-hidden />} title={t('noBudgets')} action={newBudget}>
          {t('noBudgetsHint')}
        </EmptyState>
      ) : (
        <>
          <header className={styles.top}>
            <p className={styles.hint}>{t('budgetsHint')}</p>
            {newBudget}
          </header>
          <ul className={styles.list}>
            {budgets.map((budget) => (
              <BudgetCard
                key={budget.id}
                budget={budget}
                isWanted={budget.id === wanted}
                onEdit={() => setEditing(budget)}
              />
            ))}
          </ul>
        </>
      )}
      {editing !== null && (
        <BudgetSheet budget={editing === 'new' ? null : editing} workspaceId={make ?? null} onClose={close} />
      )}
    </div>
  );
};
