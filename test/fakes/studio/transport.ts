/** An engine made of prepared answers, for looking at screens. The product never imports it. Long, because it is one table of answers by method. */
import type { HostTransport } from '#client/index.ts';
import type { Reply, TransportSignal } from '#contract/transport.ts';
import { parseScript } from '#engine/scripts/parse-script.ts';
import { toScriptLines } from '#engine/scripts/parsed-script.ts';
import { setCast } from '#engine/scripts/set-cast.ts';
import { accountAnswers, type AccountInput } from './account-answers.ts';
import { peaksOf, samplesOf, wavOf } from './sound.ts';
import { fill, type World } from './world.ts';

/** The fields that the prepared answers look at; which of them are there depends on the method. */
interface Input extends AccountInput {
  readonly scriptId: string;
  readonly only?: readonly string[];
  readonly retake?: boolean;
  readonly takes?: number;
  readonly path: string;
  readonly source: string | { readonly text: string };
  readonly cast: Readonly<Record<string, string>>;
  readonly entries: World['lexicon'];
  readonly renderId: string;
  readonly after?: number;
  readonly limit?: number;
  readonly states?: readonly string[];
  readonly jobIds: readonly string[];
  readonly jobId: string;
  readonly decision: string;
  readonly search?: string;
  readonly suspectOnly?: boolean;
  readonly recipeHash?: string;
  readonly takeId: string;
  readonly variant: string;
  readonly index?: number;
  readonly text: string;
  readonly voiceId: string;
}

const textOf = (source: Input['source']): string => (typeof source === 'string' ? source : source.text);

export const createFakeTransport = (
  world: World,
): HostTransport & { readonly push: (name: string, payload: unknown) => void } => {
  const listeners = new Set<(signal: TransportSignal) => void>();
  let seq = 0;
  const push = (name: string, payload: unknown): void => {
    seq += 1;
    for (const listener of listeners) listener({ type: 'push', push: { seq, name, payload } });
  };
  const blobs = new Map<string, Blob>();

  const checked = (source: string) => {
    const parsed = parseScript(source);
    const ids = parsed.lines.map((line) => `line-${line.position}`) as never[];
    return {
      title: parsed.title ?? 'Untitled',
      slotSeconds: parsed.slotSeconds,
      language: parsed.language,
      cast: [...parsed.cast],
      lines: toScriptLines(parsed.lines, ids),
      variables: parsed.variables.map((variable) => ({ ...variable })),
      problems: [...parsed.problems],
    };
  };
  const scriptOf = (id: string) => {
    const script = world.scripts.get(id);
    if (script === undefined)
      throw Object.assign(new Error('This script is not in the library any more.'), { code: 'not_found' });
    return { ...script, ...checked(script.source) };
  };
  const variantsOf = (id: string) => (id === 'spring-sale' ? world.variants : []);
  const table = (scriptId: string) => ({
    scriptId,
    columns: scriptId === 'spring-sale' ? world.columns : [],
    variants: variantsOf(scriptId),
    problems:
      variantsOf(scriptId).length > 16
        ? [
            {
              severity: 'error' as const,
              code: 'value_missing',
              message: 'Row 17 (17_reading) has no value for “price”.',
              line: 17,
              column: 5,
              endColumn: null,
            },
          ]
        : [],
  });
  const spot = (scriptId: string, variant: string) => {
    const { lines, slotSeconds } = scriptOf(scriptId);
    const steps = lines.map((line) => ({
      lineId: line.id,
      linePosition: line.position,
      character: line.character,
      text: fill(line.text, world.variants.find(({ name }) => name === variant)?.values ?? {}),
      leadingPauseMs: 0,
      trailingPauseMs: line.position === 1 ? 400 : 120,
      take: world.takeAt.get(`${variant}/${line.position}`) ?? null,
    }));
    return {
      steps,
      slotSeconds,
      durationMs: steps.reduce((sum, step) => sum + step.trailingPauseMs + (step.take?.durationMs ?? 0), 0),
    };
  };
  const estimate = (input: Input) => {
    const script = scriptOf(input.scriptId);
    const all = variantsOf(script.id).filter(({ name }) => input.only?.includes(name) ?? true);
    const texts = new Set(all.flatMap((variant) => script.lines.map((line) => fill(line.text, variant.values))));
    const lines = all.length === 0 ? script.lines.length : texts.size;
    const owned = input.retake
      ? 0
      : Math.min(
          lines,
          [...texts].filter((text) => [...world.takes.values()].some((take) => take.text === text)).length,
        );
    const fresh = (lines - owned) * (input.takes ?? 1);
    const paid = script.id === 'ident';
    const forecasts = (all.length === 0 ? [{ name: 'default', values: {} }] : all).map(({ name, values }) => {
      const words = script.lines.reduce((sum, line) => sum + fill(line.text, values).split(/\s+/).length + 1.2, 0);
      const seconds = words / 2.42 + 0.4;
      const slot = script.slotSeconds;
      const fit =
        slot === null
          ? null
          : seconds > slot
            ? ('overruns' as const)
            : seconds * 1.06 > slot
              ? ('may_overrun' as const)
              : ('fits' as const);
      return { variant: name, seconds, lowSeconds: seconds * 0.94, highSeconds: seconds * 1.06, fit };
    });
    return {
      items: script.lines.length * Math.max(1, all.length),
      lines: script.lines.length,
      variants: Math.max(1, all.length),
      distinct: fresh + owned,
      owned,
      open: 0,
      fresh,
      characters: fresh * 61,
      credits: paid ? (fresh === 0 ? 0 : null) : 0,
      creditsNote: paid
        ? 'This account has not charged for a line yet; one line runs first, then its price holds for the rest.'
        : 'Scratch voices are free.',
      byWorkspace: [
        {
          workspaceId: paid ? 'agency' : 'scratch',
          workspaceName: paid ? 'agency' : 'scratch',
          provider: 'scratch' as const,
          fresh,
          characters: fresh * 61,
          credits: paid ? null : 0,
        },
      ],
      slotSeconds: script.slotSeconds,
      bandPercent: 6,
      bandNote: 'Learned from 63 takes of these voices.',
      forecasts,
      split: [],
      lexicon: world.lexicon.map(({ word, say }) => ({ word, say, count: 6 })),
      notSent: script.lines.flatMap((line) =>
        line.direction === null ? [] : [{ linePosition: line.position, direction: line.direction }],
      ),
      joinExtra: { units: 0, credits: 0 },
      renderSeconds: fresh * 0.8,
      problems: script.problems,
    };
  };

  const methods: Record<string, (input: Input) => unknown> = {
    'library.get': () => ({
      path: '/home/mara/.local/share/cuebooth/spring-library',
      version: '0.1.0',
      readOnly: false,
      person: 'mara',
      machine: 'booth-2',
      counts: { projects: world.projects.length, scripts: world.scripts.size, takes: world.takes.size, openJobs: 34 },
      notices: [],
    }),
    'project.list': () => world.projects.map((project) => ({ ...project, createdAt: 0, scriptCount: 1 })),
    'script.list': () =>
      [...world.scripts.values()].map((script) => {
        const { title, slotSeconds, lines } = checked(script.source);
        return { ...script, title, slotSeconds, lineCount: lines.length, variantCount: script.variants };
      }),
    'script.get': ({ scriptId }) => scriptOf(scriptId),
    'script.check': ({ source }) => checked(textOf(source)),
    'script.preview': ({ scriptId, variant, index = 0 }) => {
      const script = scriptOf(scriptId);
      const all = variantsOf(script.id);
      const at = Math.max(0, variant === undefined ? index : all.findIndex(({ name }) => name === variant));
      const values = all[at]?.values ?? {};
      const lines = script.lines.map((line) => {
        const spoken = fill(line.text, values);
        const seconds = Math.round((spoken.split(/\s+/).length / 2.42) * 100) / 100;
        const take = world.takeAt.get(`${all[at]?.name ?? 'default'}/${line.position}`) ?? null;
        return {
          lineId: line.id,
          linePosition: line.position,
          sourceLine: line.sourceLine,
          character: line.character,
          voice: script.cast.find(({ character }) => character === line.character)?.voice ?? null,
          spoken,
          leadingPauseMs: 0,
          trailingPauseMs: 0,
          seconds,
          lowSeconds: seconds * 0.9,
          highSeconds: seconds * 1.1,
          actualSeconds: take === null ? null : take.durationMs / 1000,
          credits: 0,
          state: take === null ? 'fresh' : 'owned',
          verdict: take === null ? null : 'open',
          takeId: take?.id ?? null,
          recipeHash: take?.recipeHash ?? null,
          sharedBy: 1,
        };
      });
      const total = lines.reduce((sum, line) => sum + (line.actualSeconds ?? line.seconds), 0);
      return {
        variant: all[at]?.name ?? 'default',
        values: Object.fromEntries(
          script.variables.map(({ name, defaultValue }) => [name, values[name] ?? defaultValue]),
        ),
        index: at,
        variants: Math.max(1, all.length),
        lines,
        seconds: total,
        lowSeconds: total * 0.9,
        highSeconds: total * 1.1,
        slotSeconds: script.slotSeconds,
        bandNote: '',
        credits: 0,
      };
    },
    'script.save': ({ path, source }) => {
      const script = [...world.scripts.values()].find((known) => known.path === path);
      if (script === undefined) throw new Error('The fake library takes no new scripts.');
      Object.assign(script, { source: textOf(source), revision: script.revision + 1 });
      push('script.changed', { scriptId: script.id, projectId: script.projectId, revision: script.revision });
      return scriptOf(script.id);
    },
    'script.setCast': ({ scriptId, cast }) => {
      const script = world.scripts.get(scriptId);
      if (script !== undefined)
        Object.assign(script, { source: setCast(script.source, cast), revision: script.revision + 1 });
      return scriptOf(scriptId);
    },
    'variant.list': ({ scriptId }) => table(scriptId),
    'variant.import': ({ scriptId }) => ({ ...table(scriptId), saved: true }),
    'lexicon.get': () => world.lexicon,
    'lexicon.set': ({ entries }) => {
      world.lexicon = entries;
      return entries;
    },
    'render.estimate': estimate,
    'render.enqueue': () => world.renders[0],
    'render.list': () => world.renders,
    'render.items': ({ renderId, after, limit, states, variant }) =>
      String(renderId).startsWith('audition')
        ? [{ ...world.items[0], takeId: String(renderId).slice(9) }]
        : world.items
            .filter(
              ({ position, state, variant: of }) =>
                position > (after ?? -1) &&
                (states?.includes(state) ?? true) &&
                (variant === undefined || of === variant),
            )
            .slice(0, limit),
    'render.variants': () =>
      [...Map.groupBy(world.items, ({ variant }) => variant)].map(([variant, items]) => {
        const count = (state: string): number => items.filter((item) => item.state === state).length;
        return {
          variant,
          items: items.length,
          ready: count('succeeded'),
          running: count('running'),
          uncertain: count('uncertain'),
          failed: count('failed'),
          cancelled: count('cancelled'),
        };
      }),
    'render.prioritise': ({ renderId }) => world.renders.find(({ id }) => id === renderId),
    'render.pause': ({ renderId }) =>
      Object.assign(world.renders.find(({ id }) => id === renderId) ?? {}, { state: 'paused' }),
    'render.resume': ({ renderId }) => {
      const found = Object.assign(world.renders.find(({ id }) => id === renderId) ?? {}, { state: 'active' });
      push('render.changed', { render: found });
      return found;
    },
    'queue.lanes': () => ({ lanes: world.lanes, tally: world.tally }),
    'queue.list': () => world.uncertain,
    'queue.resolve': ({ jobIds, decision }) => {
      // A look that finds nothing new leaves the question where it is.
      if (decision === 'look_again') return { changed: jobIds.length };
      world.uncertain = world.uncertain.filter(({ id }) => !jobIds.includes(id));
      return { changed: jobIds.length };
    },
    'queue.adopt': ({ jobId }) => {
      world.uncertain = world.uncertain.filter(({ id }) => id !== jobId);
      return { changed: 1 };
    },
    'take.list': ({ search, suspectOnly, recipeHash }) => {
      const found = [...world.takes.values()]
        .toReversed()
        .filter(
          (take) =>
            (recipeHash === undefined || take.recipeHash === recipeHash) &&
            (!suspectOnly || take.suspect !== null) &&
            (search === undefined || take.text.toLowerCase().includes(search.toLowerCase())),
        );
      return { takes: found, cursor: null };
    },
    'take.get': ({ takeId }) => world.takes.get(takeId),
    'take.peaks': ({ takeId }) => {
      const take = world.takes.get(takeId);
      const samples = samplesOf(Number(String(takeId).slice(5)), take?.durationMs ?? 1000);
      return { takeId, durationMs: take?.durationMs, samplesPerPeak: samples.length / 1600, peaks: peaksOf(samples) };
    },
    'take.select': ({ takeId }) => {
      for (const take of world.takes.values())
        if (take.recipeHash === world.takes.get(takeId)?.recipeHash) take.selected = take.id === takeId;
      return world.takes.get(takeId);
    },
    'take.spot': ({ scriptId, variant }) => spot(scriptId, variant),
    'voice.list': () => ({
      voices: world.voices,
      total: world.voices.length,
      facets: {},
      catalogues: [],
      unavailable: [],
    }),
    'voice.quote': () => ({ credits: 42, owned: false, note: '' }),
    'voice.impact': () => [],
    'voice.models': () => [],
    'palette.get': () => [],
    'voice.audition': ({ text, voiceId }) => ({
      renderId: `audition-${world.addTake(text, voiceId, 1, text.length + voiceId.length).id}`,
    }),
    ...accountAnswers(world, push),
  };

  return {
    host: { kind: 'web', capabilities: [] },
    request: async (method, input): Promise<Reply> => {
      const answer = methods[method];
      if (answer === undefined)
        return { ok: false, error: { code: 'unknown_method', message: `The fake engine has no ${method}.` } };
      try {
        return { ok: true, output: structuredClone(answer(input as Input)) };
      } catch (error) {
        return { ok: false, error: { code: 'not_found', message: (error as Error).message } };
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      listener({ type: 'connection', state: 'open' });
      return () => listeners.delete(listener);
    },
    upload: async (file) => {
      const id = `blob-${blobs.size}`;
      blobs.set(id, file);
      return id as never;
    },
    exportUrl: (exportId) => `/media/${exportId}`,
    mediaUrl: (takeId) =>
      URL.createObjectURL(wavOf(samplesOf(Number(takeId.slice(5)), world.takes.get(takeId)?.durationMs ?? 1000))),
    close: () => listeners.clear(),
    push,
  };
};
