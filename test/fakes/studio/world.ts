/** The state behind the fake transport: takes, renders, lanes and jobs in every condition a screen must show. */
import type { Job, Render, RenderItem, Take } from '#contract/entities.ts';
import { parseScript } from '#engine/scripts/parse-script.ts';
import {
  brokenScript,
  springColumns,
  springRow,
  springSale,
  standing,
  stationIdent,
  variantName,
  voices,
} from './content.ts';
import { accountWorkspaces } from './accounts.ts';
import { hash, lane, progress, render, workspace } from './entities.ts';
import { lostWithoutKey } from './lost-call.ts';
import { chanceOf } from './sound.ts';

export type Scene = 'full' | 'empty' | 'huge';

export const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text
    .replace(
      /\{\{\s*([\w-]+)(?:\|"([^"]*)")?\s*\}\}/g,
      (_, name: string, given?: string) => values[name] || (given ?? ''),
    )
    .replace(/\[pause[^\]]*\]/g, '')
    .trim();

export const createWorld = (scene: Scene) => {
  const empty = scene === 'empty';
  const variantCount = empty ? 0 : scene === 'huge' ? 10_000 : 24;
  const scripts = new Map(
    [
      {
        id: 'spring-sale',
        projectId: 'spring',
        path: 'spring-sale.cue.md',
        source: springSale,
        variants: variantCount,
      },
      { id: 'ident', projectId: 'night', path: 'ident.cue.md', source: stationIdent, variants: 0 },
      { id: 'tyres', projectId: 'night', path: 'autumn-tyres.cue.md', source: brokenScript, variants: 0 },
    ]
      .slice(0, empty ? 1 : 3)
      .map((script) => [script.id, { ...script, revision: 3, updatedAt: Date.now() }]),
  );
  const variants = Array.from({ length: variantCount }, (_, n) => ({
    name: variantName(n),
    row: n + 1,
    values: springRow(n),
    voices: {},
  }));
  const lines = parseScript(springSale).lines;

  const takes = new Map<string, Take>();
  const addTake = (text: string, voice: string, takeNo: number, seed: number, part: Partial<Take> = {}): Take => {
    const chance = chanceOf(seed);
    const durationMs = 420 + text.split(/\s+/).length * (290 + chance() * 60);
    const take: Take = {
      id: `take-${takes.size + 1}` as Take['id'],
      recipeHash: hash(seed) as Take['recipeHash'],
      takeNo,
      provider: 'scratch',
      voice,
      text,
      format: 'wav',
      sha256: hash(seed + takeNo * 31),
      bytes: Math.round(durationMs * 32 + 44),
      durationMs,
      sampleRate: 16_000,
      channels: 1,
      loudnessLufs: -24 + chance() * 8,
      truePeakDb: -6 + chance() * 4,
      suspect: null,
      hasTimings: false,
      selected: takeNo === 1,
      chargedCredits: 0,
      createdAt: Date.now() - 1000 * (4000 - takes.size),
      ...part,
    };
    takes.set(take.id, take);
    return take;
  };
  const takeAt = new Map<string, Take>();
  const voiceOf: Record<string, string> = { ANNOUNCER: 'slt', CUSTOMER: 'rms', LEGAL: 'awb' };
  for (const variant of variants.slice(0, 13)) {
    for (const line of lines) {
      const text = fill(line.text, variant.values);
      const known = [...takeAt.values()].find((take) => take.text === text);
      const seed = takeAt.size + 1;
      const suspect = takeAt.size === 8 ? 'Much shorter than its words: 0.9 s for 11 words.' : null;
      takeAt.set(
        `${variant.name}/${line.position}`,
        known ??
          addTake(
            text,
            voiceOf[line.character] ?? 'slt',
            1,
            seed,
            suspect === null ? {} : { suspect, durationMs: 900 },
          ),
      );
    }
  }
  const [firstTake] = takes.values();
  if (firstTake !== undefined) {
    addTake(firstTake.text, 'slt', 2, 1, { durationMs: firstTake.durationMs * 1.08 });
    addTake(firstTake.text, 'slt', 3, 1, { durationMs: firstTake.durationMs * 0.94 });
  }

  const items: RenderItem[] = variants.slice(0, 24).flatMap((variant, v) =>
    lines.map((line, n): RenderItem => {
      const take = takeAt.get(`${variant.name}/${line.position}`);
      const at = v * lines.length + n;
      const state =
        take !== undefined
          ? 'succeeded'
          : at === 80
            ? 'failed'
            : at === 81
              ? 'uncertain'
              : at < 84
                ? 'running'
                : 'queued';
      return {
        position: at,
        variant: variant.name,
        lineId: `line-${line.position}` as RenderItem['lineId'],
        linePosition: line.position,
        character: line.character,
        text: fill(line.text, variant.values),
        recipeHash: hash(at) as RenderItem['recipeHash'],
        takeNo: 1,
        leadingPauseMs: 0,
        trailingPauseMs: line.position === 1 ? 400 : 120,
        state,
        jobId: null,
        takeId: take?.id ?? null,
        error:
          state === 'failed'
            ? { code: 'text_rejected', message: 'The vendor refused this text. The line is kept; change it and retry.' }
            : null,
      };
    }),
  );

  const job = (id: string, part: Partial<Job> & { readonly seq: number }): Job & { seq: number } => ({
    id: id as Job['id'],
    workspaceId: 'agency' as Job['workspaceId'],
    workspaceName: 'agency',
    renderId: 'r1' as Job['renderId'],
    kind: 'speech',
    recipeHash: hash(900) as Job['recipeHash'],
    takeNo: 1,
    text: 'You are listening to Harbour FM, on ninety-seven point four.',
    voice: 'morgan',
    state: 'uncertain',
    resolution: 'ask',
    attempts: 1,
    retryAt: null,
    error: { code: 'outcome_unknown', message: 'The connection was cut after the text was sent. No audio arrived.' },
    generation: {
      id: 'g1' as never,
      state: 'unknown',
      idempotencyKey: '0192f3a4-71c2-7d55-9e1b-7a3c09a4d2e1',
      vendorId: null,
      requestId: null,
      evidence: [],
      submittedAt: Date.now() - 95_000,
      chargedCredits: null,
      estimateCredits: 61,
    },
    createdAt: Date.now() - 120_000,
    updatedAt: Date.now() - 90_000,
    ...part,
  });

  return {
    scene,
    scripts,
    variants,
    lines,
    takes,
    takeAt,
    items,
    addTake,
    projects: empty
      ? [{ id: 'spring', name: 'Sample campaign' }]
      : [
          { id: 'spring', name: 'Hartley spring campaign' },
          { id: 'night', name: 'Harbour FM nights' },
        ],
    columns: empty ? [] : springColumns,
    lexicon: empty
      ? []
      : [
          { word: 'Leicester', say: 'Lester', language: 'en-US', caseSensitive: false },
          { word: 'Norwich', say: 'Norridge', language: null, caseSensitive: false },
          { word: 'Hull', say: 'Hul', language: null, caseSensitive: true },
        ],
    voices: voices
      .filter(([name]) => !empty || name === 'scratch')
      .map(([name, voiceId, title, language, gender, description]) => ({
        workspaceId: name,
        workspaceName: name,
        provider: name === 'scratch' ? 'scratch' : 'chosen',
        voiceId,
        name: title,
        language,
        gender,
        description,
        reference: `${name}/${voiceId}`,
        free: name === 'scratch',
        ...standing(voiceId),
      })),
    workspaces: [workspace('scratch', {}), ...(empty ? [] : accountWorkspaces())],
    renders: empty
      ? []
      : [
          render('r1', {
            state: 'active',
            progress: progress({
              items: 144,
              units: 118,
              owned: 18,
              queued: 32,
              running: 2,
              uncertain: 2,
              asking: 2,
              succeeded: 63,
              failed: 1,
              perSecond: 3.4,
              secondsLeft: 9.4,
            }),
            errors: [
              {
                code: 'text_rejected',
                message: 'The vendor refused the text. The lines are kept; change them and retry.',
                count: 1,
                failed: 1,
                workspaceIds: ['agency' as Job['workspaceId']],
              },
            ],
          }),
          render('r2', {
            title: 'Station ident',
            scriptId: 'ident' as Render['scriptId'],
            state: 'over_budget',
            budgetCredits: 400,
            createdAt: Date.now() - 4e6,
            progress: progress({
              items: 40,
              units: 40,
              queued: 12,
              succeeded: 28,
              spentCredits: 391.5,
              heldCredits: 12,
            }),
          }),
          render('r3', {
            createdAt: Date.now() - 9e7,
            finishedAt: Date.now() - 8.9e7,
            progress: progress({ items: 144, units: 118, owned: 0, succeeded: 118 }),
          }),
          render('r4', {
            title: 'Station ident',
            createdAt: Date.now() - 2e8,
            state: 'cancelled',
            progress: progress({ items: 40, units: 40, succeeded: 11, cancelled: 29 }),
          }),
        ],
    lanes: empty
      ? [lane('scratch', {})]
      : [
          lane('scratch', { state: 'working', inFlight: 2, queued: 32 }),
          lane('agency', {
            provider: 'chosen',
            state: 'offline',
            reason: 'api.voices.example did not answer. Tried again in 12 s; its lines wait, nothing fails.',
            queued: 12,
            uncertain: 2,
          }),
        ],
    tally: empty ? { queued: 0, running: 0, asking: 0 } : { queued: 44, running: 2, asking: 2 },
    uncertain: empty
      ? []
      : [job('j1', { seq: 1 }), job('j2', { text: 'All night long.', seq: 2, ...lostWithoutKey() })],
  };
};
export type World = ReturnType<typeof createWorld>;
