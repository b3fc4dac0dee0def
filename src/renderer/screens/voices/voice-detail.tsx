import { ArrowDown, ArrowUp, Copy, ListMusic, Play } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Model, Voice } from '#contract/voices.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { TextField } from '../../components/field.tsx';
import { formatCount } from '../../components/format.ts';
import { modelsKey } from '../../stores/voice-store.ts';
import { wordsOf } from '../../words/words.ts';
import { AuditionButton } from './audition-button.tsx';
import { Notice } from './notice.tsx';
import { VoiceBadges } from './voice-badges.tsx';
import { StarButton } from './voice-columns.tsx';
import { genderWords, labelWords, languageName, rateWords } from './voice-words.ts';
import styles from './voice-detail.module.css';

const previewsFirst = 6;
const labelsFirst = 12;
const nothing: readonly Model[] = [];

const Previews = ({ voice }: { readonly voice: Voice }) => {
  const { sound } = useStudio();
  const t = wordsOf('voices');
  const [all, setAll] = useState(false);
  if (voice.previews.length === 0)
    return <p className={styles.soft}>{voice.free ? t('noPreviewFree') : t('noPreview')}</p>;
  return (
    <div className={styles.previews}>
      {voice.previews.slice(0, all ? undefined : previewsFirst).map(({ previewId, language, style, model }, at) => (
        <Button
          key={previewId}
          size="small"
          icon={<Play aria-hidden />}
          onPress={() => void sound.preview(voice, previewId)}
        >
          {[language === null ? null : languageName(language), style, model].filter(Boolean).join(' · ') ||
            t('previewNumber', { count: at + 1 })}
        </Button>
      ))}
      {voice.previews.length > previewsFirst && !all && (
        <Button size="small" look="quiet" onPress={() => setAll(true)}>
          {t('moreValues', { count: voice.previews.length - previewsFirst })}
        </Button>
      )}
    </div>
  );
};

const Alias = ({ voice }: { readonly voice: Voice }) => {
  const { voices } = useStudio();
  const t = wordsOf('voices');
  const [alias, setAlias] = useState(voice.alias ?? '');
  const keep = (): void => {
    if (alias.trim() !== (voice.alias ?? '')) void voices.rename(voice, alias);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <TextField
        label={t('alias')}
        value={alias}
        onChange={setAlias}
        onBlur={keep}
        maxLength={80}
        placeholder={t('aliasPlaceholder')}
      />
    </form>
  );
};

const Palette = ({ voice }: { readonly voice: Voice }) => {
  const { voices, projects } = useStudio();
  const t = wordsOf('voices');
  const palette = useStore(voices, (state) => state.palette);
  const project = useStore(projects, (state) => state.projects.find(({ id }) => id === palette?.projectId)?.name);
  const isShown = useStore(voices, (state) => state.filter.shelf === 'palette');
  if (palette === null || project === undefined) return null;
  const at = palette.voices.findIndex(({ reference }) => reference === voice.reference);
  const moved = (by: 1 | -1): void => {
    const next = palette.voices.toSpliced(at, 1).toSpliced(at + by, 0, voice);
    void voices.setPalette(next, t('editPaletteMoved', { name: voice.name, project }));
  };
  return (
    <div className={styles.palette}>
      <Button size="small" icon={<ListMusic aria-hidden />} onPress={() => void voices.inPalette(voice, project)}>
        {at < 0 ? t('paletteAdd') : t('paletteRemove')}
      </Button>
      <span className={styles.project} title={project}>
        {project}
      </span>
      {at >= 0 && isShown && (
        <>
          <IconButton size="small" label={t('paletteUp')} isDisabled={at === 0} onPress={() => moved(-1)}>
            <ArrowUp aria-hidden />
          </IconButton>
          <IconButton
            size="small"
            label={t('paletteDown')}
            isDisabled={at === palette.voices.length - 1}
            onPress={() => moved(1)}
          >
            <ArrowDown aria-hidden />
          </IconButton>
        </>
      )}
    </div>
  );
};

const Models = ({ voice }: { readonly voice: Voice }) => {
  const { voices } = useStudio();
  const t = wordsOf('voices');
  const models = useStore(voices, (state) => state.models.get(modelsKey(voice))) ?? nothing;
  useEffect(() => void voices.loadModels(voice), [voices, voice]);
  if (models.length === 0) return null;
  return (
    <section>
      <h3 className={styles.heading}>{t('models')}</h3>
      <ul>
        {models.map((model) => (
          <li key={model.modelId} className={styles.model}>
            <span>{model.name}</span>
            <span className={styles.soft}>
              {[
                model.textLimit === null ? null : t('upToCharacters', { count: model.textLimit }),
                model.creditsPerCharacter === null || voice.free
                  ? null
                  : rateWords(model.creditsPerCharacter * (voice.priceMultiplier ?? 1)),
              ]
                .filter((part) => part !== null)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};

const About = ({ voice }: { readonly voice: Voice }) => {
  const t = wordsOf('voices');
  const { gender, age, accent, category, languages, useCases, styles: manners } = voice;
  const facts: readonly (readonly [string, string])[] = [
    [t('facet_workspace'), voice.workspaceName],
    [
      t('character'),
      [gender === null ? null : genderWords(gender), age, accent]
        .filter((one) => one !== null)
        .map(labelWords)
        .join(' · '),
    ],
    [t('facet_language'), languages.slice(0, labelsFirst).map(languageName).join(', ')],
    [t('facet_category'), category === null ? '' : labelWords(category)],
    [t('facet_useCase'), useCases.map(labelWords).join(', ')],
    [t('facet_style'), manners.slice(0, labelsFirst).map(labelWords).join(', ')],
  ];
  return (
    <dl className={styles.facts}>
      {facts
        .filter(([, value]) => value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value}
              {name === t('facet_language') &&
                languages.length > labelsFirst &&
                ` +${formatCount(languages.length - labelsFirst)}`}
            </dd>
          </div>
        ))}
    </dl>
  );
};

/** All that is known of the voice the room is about, and what can be done with it. */
export const VoiceDetail = () => {
  const { voices, messages } = useStudio();
  const t = wordsOf('voices');
  const voice = useStore(voices, (state) => state.voices.find(({ reference }) => reference === state.active));
  const sample = useStore(voices, (state) => state.sample);
  if (voice === undefined) {
    return (
      <aside className={styles.detail} aria-label={t('aboutVoice')}>
        <EmptyState title={t('pickTitle')}>{t('pickHint')}</EmptyState>
      </aside>
    );
  }
  const copy = (): void =>
    void navigator.clipboard
      .writeText(voice.reference)
      .then(() => messages.show('notice', t('copied', { reference: voice.reference })), messages.fail);
  return (
    <aside className={styles.detail} aria-label={t('aboutVoice')} key={voice.reference}>
      <header className={styles.head}>
        <h2 className={styles.name}>{voice.name}</h2>
        <VoiceBadges voice={voice} />
        <StarButton voice={voice} />
      </header>
      {voice.description !== null && <p className={styles.description}>{voice.description}</p>}
      <Notice voice={voice} />
      <section>
        <h3 className={styles.heading}>{t('previewsFree')}</h3>
        <Previews voice={voice} />
      </section>
      <section>
        <h3 className={styles.heading}>{t('yourWords')}</h3>
        <AuditionButton voice={voice} speech={{ text: sample }} wide />
      </section>
      <Palette voice={voice} />
      <Alias voice={voice} />
      <About voice={voice} />
      <Models voice={voice} />
      <section>
        <h3 className={styles.heading}>{t('writeInCast')}</h3>
        <div className={styles.reference}>
          <code>{voice.reference}</code>
          <IconButton size="small" label={t('copy')} onPress={copy}>
            <Copy aria-hidden />
          </IconButton>
        </div>
      </section>
    </aside>
  );
};
