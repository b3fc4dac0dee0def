import { Columns3, Download, FileSpreadsheet, Rows3, Trash2, TriangleAlert } from 'lucide-react';
import { FileTrigger } from 'react-aria-components';
import { useStore } from 'zustand';
import { useStudio } from '../../../app/studio-context.ts';
import { Button, IconButton } from '../../../components/button.tsx';
import { SearchField } from '../../../components/field.tsx';
import { formatCount, modKey } from '../../../components/format.ts';
import { wordsOf } from '../../../words/words.ts';
import styles from './variants-tab.module.css';
import { saveCsv } from './save-csv.ts';

/** Above the grid: in and out, what is shown, rows and columns. */
export const Toolbar = ({
  shown,
  chosen,
  onAddRow,
  onAddColumn,
  onRemoveRows,
}: {
  /** Rows in sight after filtering. */
  readonly shown: number;
  /** Rows of the chosen range. */
  readonly chosen: number;
  readonly onAddRow: () => void;
  readonly onAddColumn: () => void;
  readonly onRemoveRows: () => void;
}) => {
  const { variants } = useStudio();
  const rows = useStore(variants, (state) => state.table?.variants.length ?? 0);
  const problems = useStore(variants, (state) => state.table?.problems.length ?? 0);
  const importing = useStore(variants, (state) => state.importing);
  const view = useStore(variants, (state) => state.view);
  const t = wordsOf('variants');
  return (
    <div className={styles.bar}>
      {rows > 0 && (
        <>
          <div className={styles.filter}>
            <SearchField label={t('filter')} value={view.filter} onChange={(filter) => variants.look({ filter })} />
          </div>
          {shown < rows && (
            <span className={styles.soft}>{t('filtered', { count: shown, all: formatCount(rows) })}</span>
          )}
          {(problems > 0 || view.onlyProblems) && (
            <Button
              look="quiet"
              aria-pressed={view.onlyProblems}
              icon={<TriangleAlert aria-hidden className={styles.warning} />}
              onPress={() => variants.look({ onlyProblems: !view.onlyProblems })}
            >
              {view.onlyProblems ? t('showAll') : t('problems', { count: problems })}
            </Button>
          )}
          <span className={styles.space} />
          <Button look="quiet" icon={<Rows3 aria-hidden />} onPress={onAddRow}>
            {t('addRow')}
          </Button>
          <Button look="quiet" icon={<Columns3 aria-hidden />} onPress={onAddColumn}>
            {t('addColumn')}
          </Button>
          <IconButton label={t('removeRows', { count: chosen })} keys={`${modKey} Del`} onPress={onRemoveRows}>
            <Trash2 aria-hidden />
          </IconButton>
          <IconButton label={t('exportCsv')} onPress={() => void saveCsv(variants)}>
            <Download aria-hidden />
          </IconButton>
        </>
      )}
      <FileTrigger
        acceptedFileTypes={['.csv', '.tsv', '.txt', 'text/csv']}
        onSelect={(files) => files?.[0] && void variants.importFile(files[0])}
      >
        <Button icon={<FileSpreadsheet aria-hidden />} busy={importing}>
          {importing ? t('importing') : rows === 0 ? t('importCsv') : t('replaceCsv')}
        </Button>
      </FileTrigger>
    </div>
  );
};
