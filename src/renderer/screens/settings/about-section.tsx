import { useState } from 'react';
import { useStore } from 'zustand';
import { z } from 'zod';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { SearchField } from '../../components/field.tsx';
import { wordsOf } from '../../words/words.ts';
import styles from './about-section.module.css';
import { SectionFrame } from './section-frame.tsx';
import frame from './settings-screen.module.css';

const Licences = z.array(
  z.object({ name: z.string(), version: z.string(), licence: z.string(), text: z.string().nullable() }),
);
type Licence = z.infer<typeof Licences>[number];
/** Written by the build from what is in it; half a megabyte, so it is fetched only when it is asked for. */
const place = '/licences.json';

const fetchLicences = async (): Promise<readonly Licence[] | null> => {
  try {
    return Licences.parse(await (await fetch(place)).json());
  } catch {
    return null;
  }
};

const LicenceList = () => {
  const [found, setFound] = useState<readonly Licence[] | 'unread' | 'reading' | null>('unread');
  const [words, setWords] = useState('');
  const t = wordsOf('settings');
  if (found === 'unread' || found === 'reading') {
    return (
      <div className={frame.row}>
        <Button
          busy={found === 'reading'}
          onPress={() => {
            setFound('reading');
            void fetchLicences().then(setFound);
          }}
        >
          {t('licencesLoad')}
        </Button>
      </div>
    );
  }
  if (found === null) return <p className={frame.soft}>{t('licencesFailed')}</p>;
  const wanted = words.trim().toLowerCase();
  const shown = found.filter(({ name, licence }) => `${name} ${licence}`.toLowerCase().includes(wanted));
  return (
    <>
      <SearchField label={t('findLicence')} value={words} onChange={setWords} />
      <p className={frame.faint}>{t('packages', { count: shown.length })}</p>
      <ul className={styles.list}>
        {shown.map(({ name, version, licence, text }) => (
          <li key={`${name}@${version}`}>
            <details className={styles.licence}>
              <summary>
                <span className={styles.package}>{name}</span>
                <span className={frame.faint}>{version}</span>
                <span className={styles.kind}>{licence}</span>
              </summary>
              {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long text is scrolled by keys */}
              <pre tabIndex={0} className={styles.text}>
                {text ?? t('noLicenceText')}
              </pre>
            </details>
          </li>
        ))}
      </ul>
    </>
  );
};

export const AboutSection = () => {
  const { library, host } = useStudio();
  const open = useStore(library, (state) => state.library);
  const t = wordsOf('settings');
  const facts =
    open === null
      ? []
      : ([
          [t('version'), open.version],
          [t('libraryPlace'), open.path],
          [t('worksHere'), t('personOn', { person: open.person, machine: open.machine })],
          [t('host'), t(host.kind === 'electron' ? 'hostElectron' : 'hostWeb')],
        ] as const);
  return (
    <SectionFrame title={t('about')} about={t('aboutLine')}>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <SectionFrame level={3} title={t('licences')} about={t('licencesAbout')}>
        <LicenceList />
      </SectionFrame>
    </SectionFrame>
  );
};
