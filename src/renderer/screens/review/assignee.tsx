import { useState } from 'react';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { wordsOf } from '../../words/words.ts';
import styles from './assignee.module.css';

const nobody = '\0nobody';
const another = '\0another';

const AddPerson = ({ onClose }: { readonly onClose: () => void }) => {
  const { review } = useStudio();
  const t = wordsOf('review');
  const [name, setName] = useState('');
  const add = async (): Promise<void> => {
    const clean = name.trim();
    if (clean === '') return;
    await review.addPerson(clean);
    await review.assign(clean);
    onClose();
  };
  return (
    <Sheet
      title={t('addPersonTitle')}
      onClose={onClose}
      footer={
        <Button look="primary" isDisabled={name.trim() === ''} onPress={() => void add()}>
          {t('addPerson')}
        </Button>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <TextField label={t('personName')} value={name} onChange={setName} maxLength={120} autoFocus />
      </form>
    </Sheet>
  );
};

/** Who is to judge the sound in front. */
export const Assignee = () => {
  const { review } = useStudio();
  const t = wordsOf('review');
  const assignee = useStore(review, (state) => state.active?.assignee ?? null);
  const people = useStore(review, (state) => state.people);
  const canAssign = useStore(review, (state) => (state.active?.takes ?? 0) > 0);
  const [adding, setAdding] = useState(false);
  if (!canAssign) return null;
  const names = people.map(({ name }) => name);
  const shown = assignee === null || names.includes(assignee) ? names : [...names, assignee];
  return (
    <div className={styles.assignee}>
      <span className={styles.label}>{t('assign')}</span>
      <SelectField
        quiet
        label={t('assign')}
        labelHidden
        value={assignee ?? nobody}
        onChange={(id) => {
          if (id === another) setAdding(true);
          else void review.assign(id === nobody ? null : id);
        }}
        options={[
          { id: nobody, label: t('nobody') },
          ...shown.map((name) => ({ id: name, label: name })),
          { id: another, label: t('newPerson') },
        ]}
      />
      {adding && <AddPerson onClose={() => setAdding(false)} />}
    </div>
  );
};
