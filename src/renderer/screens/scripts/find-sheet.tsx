import { Replace, SearchX } from 'lucide-react';
import { useEffect } from 'react';
import { Checkbox, ToggleButton } from 'react-aria-components';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { TextField } from '../../components/field.tsx';
import { Sheet } from '../../components/sheet.tsx';
import type { FindQuery, Found } from '../../stores/find-store.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './find-sheet.module.css';

type Match = Found['scripts'][number]['matches'][number];
/** Drawn per script; the rest is counted. */
const mostShown = 60;
/** What stands before a match is cut so that the match is in sight. */
const beforeMatch = 36;

const Line = ({ match, onGo }: { readonly match: Match; readonly onGo: () => void }) => {
  const { text, line, column, endColumn } = match;
  const start = Math.max(0, column - 1 - beforeMatch);
  return (
    <li>
      <button type="button" className={styles.match} onClick={onGo}>
        <span className={styles.row} data-figures>
          {line}
        </span>
        <span className={styles.text} dir="auto">
          {start > 0 && '…'}
          {text.slice(start, column - 1)}
          <mark>{text.slice(column - 1, endColumn - 1)}</mark>
          {text.slice(endColumn - 1, endColumn + 120)}
        </span>
      </button>
    </li>
  );
};

const Results = ({ found, hasReplacement }: { readonly found: Found; readonly hasReplacement: boolean }) => {
  const { find, script, navigation } = useStudio();
  const left = useStore(find, (state) => state.left);
  const t = wordsOf('scripts');
  return (
    <div className={styles.results} role="region" aria-label={t('results')} tabIndex={0}>
      {found.scripts.map(({ scriptId, title, matches }) => (
        <section key={scriptId} aria-label={title}>
          <h3 className={styles.script}>
            {hasReplacement ? (
              <Checkbox
                aria-label={t('inThisScript', { title })}
                isSelected={!left.has(scriptId)}
                onChange={(on) => find.leave(scriptId, !on)}
                className={cx(styles.check)}
              >
                <span className={styles.box} />
                {title}
              </Checkbox>
            ) : (
              title
            )}
            <span className={styles.count}>{t('matches', { count: matches.length })}</span>
          </h3>
          <ul>
            {matches.slice(0, mostShown).map((match) => (
              <Line
                key={`${match.line}-${match.column}`}
                match={match}
                onGo={() => {
                  navigation.show(null);
                  script.goTo({ scriptId, line: match.line, column: match.column, endColumn: match.endColumn });
                }}
              />
            ))}
          </ul>
          {matches.length > mostShown && (
            <p className={styles.more}>{t('moreMatches', { count: matches.length - mostShown })}</p>
          )}
        </section>
      ))}
    </div>
  );
};

const options = [
  ['matchCase', 'Aa'],
  ['wholeWord', 'W'],
  ['regex', '.*'],
] as const satisfies readonly (readonly [keyof FindQuery, string])[];
const optionWords = { matchCase: 'matchCase', wholeWord: 'wholeWord', regex: 'expression' } as const;

/** Finds and replaces over all scripts of a project, as one edit that can be taken back. */
export const FindSheet = () => {
  const { find, navigation, projects, script } = useStudio();
  const subject = useStore(navigation, (state) => state.subject);
  const query = useStore(find, (state) => state.query);
  const found = useStore(find, (state) => state.found);
  const failure = useStore(find, (state) => state.failure);
  const searching = useStore(find, (state) => state.searching);
  const replacing = useStore(find, (state) => state.replacing);
  const left = useStore(find, (state) => state.left);
  const project = useStore(projects, (state) => {
    const open = state.scripts.find(({ id }) => id === navigation.getState().scriptId);
    return state.projects.find(({ id }) => id === (subject ?? open?.projectId)) ?? state.projects[0];
  });
  const projectId = project?.id;
  useEffect(() => {
    if (projectId !== undefined) void find.open(projectId, script.selected());
  }, [find, script, projectId]);
  const t = wordsOf('scripts');
  const c = wordsOf('common');
  const toReplace =
    found?.scripts
      .filter(({ scriptId }) => !left.has(scriptId))
      .reduce((sum, { matches }) => sum + matches.length, 0) ?? 0;
  return (
    <Sheet
      title={t('findTitle', { project: project?.name ?? '' })}
      width="wide"
      onClose={() => navigation.show(null)}
      footer={
        <>
          <span className={styles.sum} role="status">
            {searching && found === null
              ? t('searching')
              : found !== null && found.total > 0
                ? t('matchesIn', {
                    matches: t('matches', { count: found.total }),
                    scripts: c('scripts', { count: found.scripts.length }),
                  })
                : ''}
          </span>
          <Button
            look="primary"
            icon={<Replace aria-hidden />}
            busy={replacing}
            isDisabled={toReplace === 0}
            onPress={() => void find.replaceAll().then((done) => done && navigation.show(null))}
          >
            {t('replaceAll', { count: toReplace })}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <div className={styles.field}>
          <TextField
            label={t('findText')}
            value={query.text}
            onChange={(text) => find.change({ text })}
            autoFocus
            error={failure?.message ?? null}
          />
          <div className={styles.options}>
            {options.map(([name, sign]) => (
              <ToggleButton
                key={name}
                aria-label={t(optionWords[name])}
                isSelected={query[name]}
                onChange={(on) => find.change({ [name]: on })}
                className={cx(styles.option)}
              >
                <span title={t(optionWords[name])}>{sign}</span>
              </ToggleButton>
            ))}
          </div>
        </div>
        <TextField
          label={t('replaceWith')}
          value={query.replacement}
          onChange={(replacement) => find.change({ replacement })}
          hint={query.regex ? t('expressionHint') : undefined}
        />
      </div>
      {query.text === '' && <p className={styles.help}>{t('findEmpty')}</p>}
      {found !== null && found.total === 0 && (
        <p className={styles.help}>
          <SearchX aria-hidden /> {t('findNothing')}
        </p>
      )}
      {found !== null && found.total > 0 && <Results found={found} hasReplacement />}
    </Sheet>
  );
};
