import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { Problem } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { wordsOf } from '../../words/words.ts';
import styles from './render-sheet.module.css';

const icons = { error: CircleAlert, warning: TriangleAlert, notice: Info } as const;
const most = 20;

/** Where a problem is mended. */
const placeOf = ({ code, line }: Problem): 'variants' | 'cast' | 'script' | 'line' => {
  if (code.startsWith('value_') || code.startsWith('variant')) return 'variants';
  if (
    code.startsWith('voice_') ||
    code.startsWith('workspace_') ||
    code.startsWith('cast') ||
    code.startsWith('setting')
  )
    return 'cast';
  return line === null ? 'script' : 'line';
};

/** Each problem in words, with a button that leads to where it is mended. */
export const RenderSheetProblems = ({ problems }: { readonly problems: readonly Problem[] }) => {
  const { navigation, script } = useStudio();
  const t = wordsOf('renders');
  const { scriptId } = navigation.getState();
  if (problems.length === 0 || scriptId === null) return null;
  const worst = { error: 0, warning: 1, notice: 2 } as const;
  const shown = problems.toSorted((a, b) => worst[a.severity] - worst[b.severity]).slice(0, most);
  return (
    <section aria-labelledby="render-problems">
      <h3 id="render-problems" className={styles.title}>
        {t('problems')}
      </h3>
      <ul>
        {shown.map((problem, at) => {
          const Icon = icons[problem.severity];
          const place = placeOf(problem);
          const line = problem.line ?? 1;
          const words = {
            variants: problem.line === null ? t('goToVariants') : t('goToRow', { line }),
            cast: t('goToCast'),
            script: t('goToScript'),
            line: t('goToLine', { line }),
          }[place];
          return (
            <li key={`${problem.code}-${at}`} className={styles.problem}>
              <Icon aria-label={t(`severity_${problem.severity}`)} className={styles[problem.severity]} />
              <span>{problem.message}</span>
              <Button
                size="small"
                onPress={() => {
                  navigation.openScript(scriptId, place === 'line' ? 'script' : place);
                  navigation.show(null);
                  if (place === 'line' && line !== null) {
                    const column = problem.column ?? 1;
                    script.goTo({ scriptId, line, column, endColumn: problem.endColumn ?? column });
                  }
                }}
              >
                {words}
              </Button>
            </li>
          );
        })}
        {problems.length > most && (
          <li className={styles.faint}>{t('problemsMore', { count: problems.length - most })}</li>
        )}
      </ul>
    </section>
  );
};
