import { FileSpreadsheet, Play, Table2, Trash2, TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { useStore } from 'zustand';
import type { Problem, Variant } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FileDrop } from '../../components/file-drop.tsx';
import { formatCount, formatDecimal, plural } from '../../components/format.ts';
import { ProblemList } from '../../components/problem-list.tsx';
import { ConfirmSheet } from '../../components/sheet.tsx';
import { SlotMeter } from '../../components/slot-meter.tsx';
import { type Column, VirtualTable } from '../../components/virtual-table.tsx';
import styles from './variants-tab.module.css';

const mostColumns = 12;

const useColumns = (): {
  readonly columns: readonly Column<Variant>[];
  readonly minWidth: number;
  readonly problemsOf: (row: number) => readonly Problem[];
} => {
  const { variants, order, player, script } = useStudio();
  const table = useStore(variants, (state) => state.table);
  const forecasts = useStore(order, (state) => state.estimate?.forecasts);
  const slot = useStore(order, (state) => state.estimate?.slotSeconds ?? null);
  return useMemo(() => {
    const byName = new Map(forecasts?.map((forecast) => [forecast.variant, forecast]));
    const byRow = new Map<number, Problem[]>();
    for (const problem of table?.problems ?? []) {
      if (problem.line !== null) byRow.set(problem.line, [...(byRow.get(problem.line) ?? []), problem]);
    }
    const problemsOf = (row: number): readonly Problem[] => byRow.get(row) ?? [];
    const names = (table?.columns ?? []).filter((name) => name !== 'variant').slice(0, mostColumns);
    const play = (variant: Variant): void => {
      const open = script.getState().script;
      if (open !== null) void player.startSpot(open.id, variant.name, open.title);
    };
    const columns: Column<Variant>[] = [
      {
        id: 'play',
        title: 'Play',
        titleHidden: true,
        width: '26px',
        cell: (variant) => (
          <IconButton size="small" label={`Play ${variant.name}`} excludeFromTabOrder onPress={() => play(variant)}>
            <Play aria-hidden />
          </IconButton>
        ),
      },
      {
        id: 'row',
        title: 'Row',
        width: '40px',
        align: 'end',
        cell: ({ row }) => <span className={styles.faint}>{formatCount(row)}</span>,
      },
      {
        id: 'name',
        title: 'Variant',
        width: 'minmax(130px, 1.2fr)',
        cell: ({ name, row }) => {
          const [problem] = problemsOf(row);
          return (
            <span className={styles.name}>
              {problem !== undefined && (
                <TriangleAlert role="img" aria-label={problem.message} className={styles[problem.severity]} />
              )}
              <span className={styles.clipped}>{name}</span>
            </span>
          );
        },
      },
      {
        id: 'length',
        title: slot === null ? 'Predicted' : `Predicted of ${slot} s`,
        width: '148px',
        cell: ({ name }) => {
          const forecast = byName.get(name);
          if (forecast === undefined) return <span className={styles.faint}>–</span>;
          return (
            <span className={styles.length}>
              <span data-figures data-fit={forecast.fit} className={styles.seconds}>
                {formatDecimal(forecast.seconds)}
              </span>
              {slot !== null && <SlotMeter forecast={forecast} slotSeconds={slot} />}
            </span>
          );
        },
      },
      ...names.map(
        (name): Column<Variant> => ({
          id: `value:${name}`,
          title: name,
          width: 'minmax(96px, 1fr)',
          cell: ({ values, voices }) => {
            const value = values[name] ?? voices[name.replace(/^voice:/, '')] ?? '';
            return value === '' ? <span className={styles.faint}>–</span> : <span title={value}>{value}</span>;
          },
        }),
      ),
    ];
    return { columns, problemsOf, minWidth: 430 + names.length * 108 };
  }, [table, forecasts, slot, player, script]);
};

const Toolbar = ({ only, setOnly }: { readonly only: boolean; readonly setOnly: (only: boolean) => void }) => {
  const { variants } = useStudio();
  const table = useStore(variants, (state) => state.table);
  const importing = useStore(variants, (state) => state.importing);
  const [clearing, setClearing] = useState(false);
  const count = table?.variants.length ?? 0;
  const problems = table?.problems.length ?? 0;
  return (
    <div className={styles.bar}>
      <FileTrigger
        acceptedFileTypes={['.csv', '.tsv', '.txt', 'text/csv']}
        onSelect={(files) => files?.[0] && void variants.importFile(files[0])}
      >
        <Button icon={<FileSpreadsheet aria-hidden />} busy={importing}>
          {importing ? 'Importing…' : count === 0 ? 'Import CSV' : 'Replace with CSV'}
        </Button>
      </FileTrigger>
      <span className={styles.soft}>{plural(count, 'variant')}</span>
      {problems > 0 && (
        <Button
          look="quiet"
          aria-pressed={only}
          icon={<TriangleAlert aria-hidden className={styles.warning} />}
          onPress={() => setOnly(!only)}
        >
          {only ? 'Show all rows' : plural(problems, 'problem')}
        </Button>
      )}
      <span className={styles.space} />
      {count > 0 && (
        <IconButton label="Remove all variants" onPress={() => setClearing(true)}>
          <Trash2 aria-hidden />
        </IconButton>
      )}
      {clearing && (
        <ConfirmSheet
          title="Remove all variants?"
          confirm="Remove variants"
          onClose={() => setClearing(false)}
          onConfirm={() => void variants.clear()}
        >
          The rows leave this script. Takes that were rendered for them stay, and stay paid for; importing the same CSV
          again finds them.
        </ConfirmSheet>
      )}
    </div>
  );
};

export const VariantsTab = () => {
  const { variants, player, script } = useStudio();
  const table = useStore(variants, (state) => state.table);
  const refused = useStore(variants, (state) => state.refused);
  const onAir = useStore(player, (state) => (state.phase === 'stopped' ? null : (state.program?.title ?? null)));
  const { columns, minWidth, problemsOf } = useColumns();
  const [active, setActive] = useState<string | null>(null);
  const [onlyProblems, setOnlyProblems] = useState(false);
  const rows = table?.variants ?? [];
  const loose = table?.problems.filter(({ line }) => line === null) ?? [];
  const toneOf = ({ row, name }: Variant): 'onAir' | 'danger' | 'warning' | undefined => {
    if (name === onAir) return 'onAir';
    const worst = problemsOf(row)[0]?.severity;
    return worst === 'error' ? 'danger' : worst === 'warning' ? 'warning' : undefined;
  };
  return (
    <FileDrop
      label="Drop a CSV: each row becomes a variant"
      onFiles={(files) => files[0] && void variants.importFile(files[0])}
      className={styles.tab}
    >
      <Toolbar only={onlyProblems} setOnly={setOnlyProblems} />
      {refused !== null && (
        <div role="alert" className={styles.refused}>
          <p>
            <b>{refused.file} was not imported.</b> The variants are as they were. Mend these and import it again.
          </p>
          <ProblemList problems={refused.problems} unit="Row" most={50} />
          <Button size="small" onPress={variants.forgetRefused}>
            Dismiss
          </Button>
        </div>
      )}
      {loose.length > 0 && <ProblemList problems={loose} unit="Row" />}
      {table !== null && rows.length === 0 && (
        <EmptyState icon={<Table2 aria-hidden />} title="One script, many versions">
          Import a CSV whose columns are the script’s variables, such as {'{{city}}'} and {'{{price}}'}. A column named
          “variant” names each version; “voice:CHARACTER” gives one another voice. Lines that come out the same are
          rendered once.
        </EmptyState>
      )}
      {rows.length > 0 && (
        <div className={styles.table}>
          <VirtualTable
            label="Variants"
            columns={columns}
            rows={onlyProblems ? rows.filter(({ row }) => problemsOf(row).length > 0) : rows}
            rowKey={({ row }) => String(row)}
            activeKey={active}
            onActive={({ row }) => setActive(String(row))}
            onEnter={(variant) => {
              const open = script.getState().script;
              if (open !== null) void player.startSpot(open.id, variant.name, open.title);
            }}
            minWidth={minWidth}
            toneOf={toneOf}
          />
        </div>
      )}
    </FileDrop>
  );
};
