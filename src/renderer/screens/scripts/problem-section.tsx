import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { wordsOf } from '../../words/words.ts';
import type { Fix } from './fixes.ts';
import { useOpenEditor } from './open-editor.ts';
import styles from './problem-section.module.css';
import { type FixableProblem, useProblems } from './use-problems.ts';

const icons = { error: CircleAlert, warning: TriangleAlert, notice: Info } as const;
const mostShown = 40;

const Entry = ({ problem, fixes }: FixableProblem) => {
  const { script, navigation } = useStudio();
  const editor = useOpenEditor();
  const t = wordsOf('scripts');
  const Icon = icons[problem.severity];
  const { line, column, endColumn } = problem;
  const go = (): void => {
    const open = script.getState().script;
    if (open === null || line === null) return;
    script.goTo({ scriptId: open.id, line, column: column ?? 1, endColumn: endColumn ?? column ?? 1 });
  };
  const apply = (fix: Fix): void => {
    if (editor.current !== null) return editor.current.apply(fix);
    if (fix.opens !== undefined) navigation.go({ tab: fix.opens });
    else go();
  };
  const place =
    line === null
      ? ''
      : column === null
        ? t('placeOfRow', { line: String(line) })
        : t('placeOf', { line: String(line), column: String(column) });
  return (
    <li className={styles.item}>
      <button type="button" className={styles.words} onClick={go} disabled={line === null}>
        <Icon aria-label={t(problem.severity)} className={styles[problem.severity]} />
        <span className={styles.text}>
          {problem.message}
          <span className={styles.place}>{place}</span>
        </span>
      </button>
      {fixes.length > 0 && (
        <div className={styles.fixes}>
          {fixes.slice(0, 3).map((fix) => (
            <Button key={fix.label} size="small" onPress={() => apply(fix)}>
              {fix.label}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
};

/** What is wrong, where, and what can be done about it. */
export const ProblemSection = () => {
  const problems = useProblems();
  const t = wordsOf('scripts');
  if (problems.length === 0) return null;
  const more = problems.length - mostShown;
  return (
    <section className={styles.section} aria-label={t('problems')}>
      <h2 className={styles.title}>{t('problems')}</h2>
      <ul>
        {problems.slice(0, mostShown).map((one, at) => (
          <Entry key={`${one.problem.code}-${one.problem.line}-${one.problem.column}-${at}`} {...one} />
        ))}
      </ul>
      {more > 0 && <p className={styles.place}>{t('moreProblems', { count: more })}</p>}
    </section>
  );
};
