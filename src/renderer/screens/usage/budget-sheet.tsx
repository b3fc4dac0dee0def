import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Budget } from '#contract/account.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { NumberField, SelectField, TextField } from '../../components/field.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { type BudgetTerms, termsOf } from '../../stores/budget-store.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './budgets.module.css';

const any = '-any-';
const another = '-another-';

/** Terms of a budget: of what, how long, where it warns and where it stops. */
export const BudgetSheet = ({
  budget,
  workspaceId,
  onClose,
}: {
  /** Null: a new one. */
  readonly budget: Budget | null;
  /** What a new one is for. */
  readonly workspaceId: string | null;
  readonly onClose: () => void;
}) => {
  const { usage, projects, workspaces, accounts } = useStudio();
  const projectList = useStore(projects, (state) => state.projects);
  const workspaceList = useStore(workspaces, (state) => state.workspaces);
  const people = useStore(usage.budgets, (state) => state.people);
  const meters = useStore(accounts, (state) => state.meters);
  const [terms, setTerms] = useState<BudgetTerms>(
    budget === null
      ? { name: '', period: 'month', workspaceId: workspaceId as Budget['workspaceId'] }
      : termsOf(budget),
  );
  const [isOther, setOther] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => void usage.budgets.loadPeople(), [usage]);
  const t = wordsOf('usage');
  const change = (part: Partial<BudgetTerms>): void => setTerms((before) => ({ ...before, ...part }));
  const unit = meters.find((meter) => meter.workspaceId === terms.workspaceId)?.costUnit;
  const unitHint = unit === 'seconds' ? t('inSeconds') : terms.workspaceId == null ? t('oneForOne') : t('inCredits');
  const save = async (): Promise<void> => {
    setBusy(true);
    const problem = await usage.budgets.save({ ...terms, name: terms.name.trim() }, budget?.id);
    setBusy(false);
    if (problem === null) onClose();
    else setFailure(problem);
  };
  const names = [...new Set([...people, ...(terms.person ? [terms.person] : [])])];
  const limit = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return (
    <Sheet
      title={budget === null ? t('newBudget') : t('editBudget', { name: budget.name })}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{wordsOf('common')('cancel')}</Button>
          <Button look="primary" busy={busy} isDisabled={terms.name.trim() === ''} onPress={() => void save()}>
            {wordsOf('common')('save')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <TextField
          label={t('budgetName')}
          autoFocus
          value={terms.name}
          placeholder={t('budgetNameExample')}
          onChange={(name) => change({ name })}
        />
        <SelectField
          label={t('workspace')}
          value={terms.workspaceId ?? any}
          options={[
            { id: any, label: t('anyWorkspace') },
            ...workspaceList
              .filter(({ abilities }) => abilities.costUnit !== 'free')
              .map(({ id, name }) => ({ id: id as string, label: name })),
          ]}
          onChange={(id) => change({ workspaceId: id === any ? null : (id as Budget['workspaceId']) })}
        />
        <SelectField
          label={t('project')}
          value={terms.projectId ?? any}
          options={[
            { id: any, label: t('anyProject') },
            ...projectList.map(({ id, name }) => ({ id: id as string, label: name })),
          ]}
          onChange={(id) => change({ projectId: id === any ? null : (id as Budget['projectId']) })}
        />
        <SelectField
          label={t('person')}
          value={isOther ? another : (terms.person ?? any)}
          options={[
            { id: any, label: t('anyPerson') },
            ...names.map((name) => ({ id: name, label: name })),
            { id: another, label: t('anotherPerson') },
          ]}
          onChange={(id) => {
            setOther(id === another);
            change({ person: id === any || id === another ? null : id });
          }}
        />
        {isOther && (
          <TextField
            label={t('personName')}
            value={terms.person ?? ''}
            onChange={(person) => change({ person: person === '' ? null : person })}
          />
        )}
        <SelectField
          label={t('period')}
          value={terms.period ?? 'month'}
          options={[
            { id: 'month', label: t('everyMonth') },
            { id: 'all', label: t('inAll') },
          ]}
          onChange={(period) => change({ period })}
        />
        <div className={styles.limits}>
          <NumberField
            label={t('warnsAt')}
            minValue={0}
            placeholder={t('never')}
            value={terms.warnCredits ?? Number.NaN}
            onChange={(value) => change({ warnCredits: limit(value) })}
          />
          <NumberField
            label={t('stopsAt')}
            minValue={0}
            placeholder={t('never')}
            value={terms.stopCredits ?? Number.NaN}
            onChange={(value) => change({ stopCredits: limit(value) })}
          />
        </div>
        <p className={styles.hint}>
          {unitHint} {t('stopHint')}
        </p>
        {failure !== null && (
          <p role="alert" className={styles.failure}>
            {failure}
          </p>
        )}
      </div>
    </Sheet>
  );
};
