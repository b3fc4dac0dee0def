import { Table2 } from 'lucide-react';
import { useEffect } from 'react';
import { useStudio } from '../../../app/studio-context.ts';
import { Button } from '../../../components/button.tsx';
import { readClipboard, writeTsv } from '../../../components/edit-grid/clipboard.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { wordsOf } from '../../../words/words.ts';

/** Before there is a table: what it will be, and three ways to begin. Cells pasted here become it. */
export const EmptyTable = ({ wanted }: { readonly wanted: readonly string[] }) => {
  const { variants } = useStudio();
  const t = wordsOf('variants');
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const isTyping =
        event.target instanceof HTMLElement && event.target.closest('input, textarea, [contenteditable]');
      if (isTyping || event.clipboardData === null) return;
      const cells = readClipboard(event.clipboardData);
      if (cells.length < 2) return;
      event.preventDefault();
      void variants.importText(writeTsv(cells));
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [variants]);
  const begin = (): void => {
    const columns = wanted.map((column) => ({ type: 'insert_column', column, before: null }) as const);
    void variants.patch(t('undoAddRows', { count: 1 }), [...columns, { type: 'insert', row: 1, rows: [{}] }]);
  };
  return (
    <EmptyState
      icon={<Table2 aria-hidden />}
      title={t('emptyTitle')}
      action={wanted.length > 0 && <Button onPress={begin}>{t('emptyStart')}</Button>}
    >
      {t('emptyText')} {wanted.length === 0 && t('emptyNoVariables', { example: '{{city}}' })}
    </EmptyState>
  );
};
