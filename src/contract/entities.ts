/**
 * The nouns of Cuebooth. Head of the vocabulary; `docs/glossary.md` explains each in a sentence.
 *
 * library    our container: one SQLite database and one media folder
 * workspace  a connection to one vendor account; its key lies in the vault
 * project    a campaign: scripts, lexicon, budget
 * line       one spoken unit of a script, with an id that survives edits
 * variant    one row of variable values: one version of the ad
 * recipe     exactly what would be sent to a vendor; immutable, known by its hash
 * take       one audio result of a recipe, known by (recipeHash, takeNo)
 * render     the user's order; its items map (variant, line, takeNo) to a job or a take
 * job        a queue row that must yield one take
 * generation one paid vendor call
 * spot       the finished ad of one variant: selected takes in order, with pauses
 *
 * All nouns stand in this one file, though it is long: it is the vocabulary, read as a whole.
 * Times end in `At` (epoch ms), durations in `Ms` or `Seconds`, credits in `Credits`.
 */
import { z } from 'zod';

const id = <Brand extends string>() => z.string().min(1).max(200).brand<Brand>();

export const WorkspaceId = id<'WorkspaceId'>();
export const ProjectId = id<'ProjectId'>();
export const ScriptId = id<'ScriptId'>();
export const LineId = id<'LineId'>();
export const RenderId = id<'RenderId'>();
export const JobId = id<'JobId'>();
export const GenerationId = id<'GenerationId'>();
export const TakeId = id<'TakeId'>();
export const BlobId = id<'BlobId'>();
/** Lower-case hex sha256 of a recipe's canonical form. */
export const RecipeHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'RecipeHash'>();
export type WorkspaceId = z.infer<typeof WorkspaceId>;
export type ProjectId = z.infer<typeof ProjectId>;
export type ScriptId = z.infer<typeof ScriptId>;
export type LineId = z.infer<typeof LineId>;
export type RenderId = z.infer<typeof RenderId>;
export type JobId = z.infer<typeof JobId>;
export type GenerationId = z.infer<typeof GenerationId>;
export type TakeId = z.infer<typeof TakeId>;
export type BlobId = z.infer<typeof BlobId>;
export type RecipeHash = z.infer<typeof RecipeHash>;

export const ProviderId = z.enum(['scratch', 'chosen', 'elevenlabs', 'supertone']);
export type ProviderId = z.infer<typeof ProviderId>;

/** A setting that reaches the vendor, such as `speed`. */
export const SettingValue = z.union([z.string(), z.number(), z.boolean()]);
export type SettingValue = z.infer<typeof SettingValue>;
export const VoiceSettings = z.record(z.string(), SettingValue);
export type VoiceSettings = z.infer<typeof VoiceSettings>;

/** What is sent for one piece of speech: everything that reaches the vendor, and nothing else. */
export const SpeechRecipe = z.object({
  kind: z.literal('speech'),
  provider: ProviderId,
  /** The vendor's account id, else normalised base URL + key-owner label. */
  account: z.string(),
  /** The provider's own voice id or name. */
  voice: z.string(),
  model: z.string().nullable(),
  language: z.string().nullable(),
  text: z.string().min(1),
  settings: VoiceSettings,
  /** Audio format asked for, such as `wav`. */
  format: z.string(),
});
export type SpeechRecipe = z.infer<typeof SpeechRecipe>;

/** A text that is sent in pieces: the engine joins the parts' audio, with silence where a pause stood. */
export const JoinedRecipe = z.object({
  kind: z.literal('joined'),
  parts: z.array(z.object({ recipeHash: RecipeHash, gapAfterMs: z.number().int().min(0) })).min(2),
});
export type JoinedRecipe = z.infer<typeof JoinedRecipe>;
export const Recipe = z.discriminatedUnion('kind', [SpeechRecipe, JoinedRecipe]);
export type Recipe = z.infer<typeof Recipe>;

export const Problem = z.object({
  severity: z.enum(['error', 'warning', 'notice']),
  code: z.string(),
  message: z.string(),
  /** Place in the script text, or row and column of the variants table. */
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
  endColumn: z.number().int().nullable(),
});
export type Problem = z.infer<typeof Problem>;

export const CastEntry = z.object({
  character: z.string(),
  /** `workspaceName/voice`, as written in the script's front matter. */
  voice: z.string(),
  model: z.string().nullable(),
  settings: VoiceSettings,
});
export type CastEntry = z.infer<typeof CastEntry>;

export const ScriptLine = z.object({
  id: LineId,
  /** 1-based position among the spoken lines. */
  position: z.number().int(),
  /** 1-based line in the source text. */
  sourceLine: z.number().int(),
  character: z.string(),
  direction: z.string().nullable(),
  settings: VoiceSettings,
  /** As typed, with variables and pauses. */
  text: z.string(),
  variables: z.array(z.string()),
});
export type ScriptLine = z.infer<typeof ScriptLine>;

export const Script = z.object({
  id: ScriptId,
  projectId: ProjectId,
  /** Name of the script inside its project, usually the file's path as given. */
  path: z.string(),
  title: z.string(),
  revision: z.number().int(),
  source: z.string(),
  /** Booked length in seconds, null when the script names none. */
  slotSeconds: z.number().nullable(),
  language: z.string().nullable(),
  cast: z.array(CastEntry),
  lines: z.array(ScriptLine),
  variables: z.array(z.object({ name: z.string(), defaultValue: z.string().nullable() })),
  problems: z.array(Problem),
  updatedAt: z.number(),
});
export type Script = z.infer<typeof Script>;
export const ScriptSummary = Script.pick({
  id: true,
  projectId: true,
  path: true,
  title: true,
  revision: true,
  slotSeconds: true,
  updatedAt: true,
}).extend({ lineCount: z.number().int(), variantCount: z.number().int() });
export type ScriptSummary = z.infer<typeof ScriptSummary>;

export const Variant = z.object({
  name: z.string(),
  /** 1-based row in the table, the header not counted. */
  row: z.number().int(),
  values: z.record(z.string(), z.string()),
  /** Voice overrides: character to `workspaceName/voice`. */
  voices: z.record(z.string(), z.string()),
});
export type Variant = z.infer<typeof Variant>;
export const VariantTable = z.object({
  scriptId: ScriptId,
  columns: z.array(z.string()),
  variants: z.array(Variant),
  problems: z.array(Problem),
  /** Rises with every change of the table. */
  revision: z.number().int().default(0),
});
export type VariantTable = z.infer<typeof VariantTable>;

export const LexiconEntry = z.object({
  word: z.string().min(1),
  /** What is spoken in its place where the model takes no phonemes. */
  say: z.string().min(1),
  /** Sent to models that document phonemes; without them `say` is spoken everywhere. */
  phonemes: z
    .object({ alphabet: z.enum(['ipa', 'cmu']), symbols: z.string().trim().min(1).max(500) })
    .nullable()
    .optional(),
  /** BCP 47 language the entry is for; null: all. */
  language: z.string().nullable(),
  caseSensitive: z.boolean(),
});
export type LexiconEntry = z.infer<typeof LexiconEntry>;

export const Project = z.object({
  id: ProjectId,
  name: z.string(),
  createdAt: z.number(),
  scriptCount: z.number().int(),
});
export type Project = z.infer<typeof Project>;

/** What a provider can do. Data, so that screens and the queue ask instead of naming vendors. */
export const Abilities = z.object({
  idempotencyKey: z.boolean(),
  jobPolling: z.boolean(),
  remoteHistory: z.boolean(),
  balance: z.boolean(),
  subscription: z.boolean(),
  usage: z.boolean(),
  durationPrediction: z.boolean(),
  /** `free`: nothing is ever charged. */
  costUnit: z.enum(['free', 'credits', 'characters', 'seconds']),
  /** Whether the vendor lists its voices; if not, a voice is a free-text name. */
  voiceList: z.boolean(),
  needsKey: z.boolean(),
});
export type Abilities = z.infer<typeof Abilities>;

export const KeyState = z.object({ configured: z.boolean(), hint: z.string().nullable(), locked: z.boolean() });
export type KeyState = z.infer<typeof KeyState>;

export const Workspace = z.object({
  id: WorkspaceId,
  provider: ProviderId,
  name: z.string(),
  baseUrl: z.string().nullable(),
  /** Adapter settings: paths, field names, auth scheme, concurrency, plan ... */
  settings: z.record(z.string(), SettingValue),
  abilities: Abilities,
  key: KeyState,
  paused: z.boolean(),
  /** Longest text of one call in Unicode code points; null: not known. */
  textLimit: z.number().int().nullable(),
  createdAt: z.number(),
});
export type Workspace = z.infer<typeof Workspace>;

export const JobState = z.enum(['queued', 'running', 'uncertain', 'succeeded', 'failed', 'cancelled']);
export type JobState = z.infer<typeof JobState>;
export const GenerationState = z.enum(['created', 'submitted', 'accepted', 'stored', 'settled', 'unknown']);
export type GenerationState = z.infer<typeof GenerationState>;
/** How an uncertain job is settled: by the engine itself, or by a person. */
export const Resolution = z.enum(['automatic', 'ask']);
export type Resolution = z.infer<typeof Resolution>;

/** `over_budget`, `paused`: nothing more is claimed until the user acts. */
export const RenderState = z.enum(['preparing', 'active', 'paused', 'over_budget', 'done', 'cancelled']);
export type RenderState = z.infer<typeof RenderState>;

export const RenderProgress = z.object({
  items: z.number().int(),
  /** Distinct (recipe, takeNo) units among the items. */
  units: z.number().int(),
  owned: z.number().int(),
  queued: z.number().int(),
  running: z.number().int(),
  uncertain: z.number().int(),
  /** Of the uncertain ones: those only a person can decide. */
  asking: z.number().int(),
  succeeded: z.number().int(),
  failed: z.number().int(),
  cancelled: z.number().int(),
  spentCredits: z.number(),
  heldCredits: z.number(),
  /** Units finished per second over the recent past; null before anything finished. */
  perSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
});
export type RenderProgress = z.infer<typeof RenderProgress>;

export const Render = z.object({
  id: RenderId,
  projectId: ProjectId,
  scriptId: ScriptId.nullable(),
  title: z.string(),
  state: RenderState,
  purpose: z.enum(['render', 'audition']),
  takes: z.number().int(),
  budgetCredits: z.number().nullable(),
  /** Higher goes first; 0 unless the order said otherwise. */
  priority: z.number().int(),
  person: z.string(),
  machine: z.string(),
  createdAt: z.number(),
  finishedAt: z.number().nullable(),
  progress: RenderProgress,
  /** Units with trouble by cause, most frequent first: failed ones, and those that are tried again or uncertain. */
  errors: z.array(
    z.object({
      code: z.string(),
      message: z.string(),
      count: z.number().int(),
      /** Of `count`: those that ended, and go on only when somebody retries them. */
      failed: z.number().int(),
      workspaceIds: z.array(WorkspaceId),
    }),
  ),
});
export type Render = z.infer<typeof Render>;

/** One variant of a render in counts of its items, so that a thousand of them are seen at a glance. */
export const RenderVariant = z.object({
  variant: z.string(),
  items: z.number().int(),
  ready: z.number().int(),
  running: z.number().int(),
  uncertain: z.number().int(),
  failed: z.number().int(),
  cancelled: z.number().int(),
});
export type RenderVariant = z.infer<typeof RenderVariant>;

export const RenderItem = z.object({
  position: z.number().int(),
  variant: z.string(),
  lineId: LineId.nullable(),
  linePosition: z.number().int(),
  character: z.string(),
  text: z.string(),
  recipeHash: RecipeHash,
  takeNo: z.number().int(),
  leadingPauseMs: z.number().int(),
  trailingPauseMs: z.number().int(),
  state: JobState,
  jobId: JobId.nullable(),
  takeId: TakeId.nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type RenderItem = z.infer<typeof RenderItem>;

/** One free look at a call whose outcome nobody knows. Evidence for a person, never a verdict. */
export const Evidence = z.object({
  at: z.number(),
  message: z.string(),
  /** What the vendor's account said before the call and says now, in credits. */
  balanceBefore: z.number().nullable(),
  balanceNow: z.number().nullable(),
  /** Calls in the vendor's history that may be this one; a person can choose one. */
  candidates: z.array(
    z.object({
      vendorItemId: z.string(),
      at: z.number().nullable(),
      voice: z.string().nullable(),
      text: z.string().nullable(),
      credits: z.number().nullable(),
      /** Why it was not taken by itself, such as "the text differs". */
      note: z.string(),
    }),
  ),
});
export type Evidence = z.infer<typeof Evidence>;

export const Job = z.object({
  id: JobId,
  workspaceId: WorkspaceId,
  workspaceName: z.string(),
  renderId: RenderId,
  kind: z.enum(['speech', 'join']),
  recipeHash: RecipeHash,
  takeNo: z.number().int(),
  text: z.string(),
  voice: z.string(),
  state: JobState,
  resolution: Resolution.nullable(),
  attempts: z.number().int(),
  retryAt: z.number().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** What is known about an uncertain call, for the person who decides. */
  generation: z
    .object({
      id: GenerationId,
      state: GenerationState,
      idempotencyKey: z.string().nullable(),
      vendorId: z.string().nullable(),
      /** The vendor's own name for the call, where it gives one beside the id. */
      requestId: z.string().nullable(),
      submittedAt: z.number().nullable(),
      chargedCredits: z.number().nullable(),
      /** What the call was expected to cost when it left; null: not known then. */
      estimateCredits: z.number().nullable(),
      /** What was found out about a lost call, oldest first. */
      evidence: z.array(Evidence),
    })
    .nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Job = z.infer<typeof Job>;

export const Lane = z.object({
  workspaceId: WorkspaceId,
  workspaceName: z.string(),
  provider: ProviderId,
  state: z.enum(['idle', 'working', 'waiting', 'offline', 'paused', 'locked', 'blocked', 'retired']),
  /** Why it is not working, in words. */
  reason: z.string().nullable(),
  inFlight: z.number().int(),
  concurrency: z.number().int(),
  queued: z.number().int(),
  uncertain: z.number().int(),
  pausedUntil: z.number().nullable(),
});
export type Lane = z.infer<typeof Lane>;

export const Take = z.object({
  id: TakeId,
  recipeHash: RecipeHash,
  takeNo: z.number().int(),
  provider: ProviderId.nullable(),
  /** The provider's own id. */
  voice: z.string(),
  /** What its vendor calls it; absent where no list names it. */
  voiceName: z.string().optional(),
  text: z.string(),
  format: z.string(),
  sha256: z.string(),
  bytes: z.number().int(),
  durationMs: z.number(),
  sampleRate: z.number().int().nullable(),
  channels: z.number().int().nullable(),
  /** Integrated loudness in LUFS (ITU-R BS.1770-4); null when too short or silent. */
  loudnessLufs: z.number().nullable(),
  /** True peak in dBTP, 4 times oversampled. */
  truePeakDb: z.number().nullable(),
  /** Why a person should listen to it first; null when nothing is odd. */
  suspect: z.string().nullable(),
  /** Times of words or characters came with the audio. */
  hasTimings: z.boolean(),
  selected: z.boolean(),
  chargedCredits: z.number().nullable(),
  createdAt: z.number(),
});
export type Take = z.infer<typeof Take>;

/** One step of a spot's playback: a take and the silence around it. */
export const SpotStep = z.object({
  lineId: LineId,
  linePosition: z.number().int(),
  character: z.string(),
  text: z.string(),
  leadingPauseMs: z.number().int(),
  trailingPauseMs: z.number().int(),
  take: Take.nullable(),
});
export type SpotStep = z.infer<typeof SpotStep>;

export const LedgerRow = z.object({
  generationId: GenerationId,
  workspace: z.string(),
  provider: ProviderId,
  recipeHash: RecipeHash,
  idempotencyKey: z.string().nullable(),
  vendorId: z.string().nullable(),
  estimateCredits: z.number().nullable(),
  /** Net of refunds. */
  chargedCredits: z.number(),
  state: GenerationState,
  takeId: TakeId.nullable(),
  renderId: RenderId,
  project: z.string(),
  person: z.string(),
  machine: z.string(),
  submittedAt: z.number().nullable(),
  settledAt: z.number().nullable(),
});
export type LedgerRow = z.infer<typeof LedgerRow>;

export const LexiconChange = z.object({ word: z.string(), say: z.string(), count: z.number().int() });

export const VariantForecast = z.object({
  variant: z.string(),
  seconds: z.number(),
  lowSeconds: z.number(),
  highSeconds: z.number(),
  /** Against the slot; null without a slot. */
  fit: z.enum(['fits', 'may_overrun', 'overruns']).nullable(),
});

export const Estimate = z.object({
  /** Spoken lines x variants x takes. */
  items: z.number().int(),
  lines: z.number().int(),
  variants: z.number().int(),
  /** Distinct (recipe, takeNo) units to be paid for or owned, parts counted singly. */
  distinct: z.number().int(),
  owned: z.number().int(),
  /** Already queued by an earlier render; this one attaches to them. */
  open: z.number().int(),
  fresh: z.number().int(),
  /** Unicode code points of the fresh units. */
  characters: z.number().int(),
  /** Null: unknown until the first render; `creditsNote` says what is known. */
  credits: z.number().nullable(),
  creditsNote: z.string(),
  byWorkspace: z.array(
    z.object({
      workspaceId: WorkspaceId,
      workspaceName: z.string(),
      provider: ProviderId,
      fresh: z.number().int(),
      characters: z.number().int(),
      credits: z.number().nullable(),
    }),
  ),
  slotSeconds: z.number().nullable(),
  /** The error band of the predictions in per cent, and where it comes from. */
  bandPercent: z.number(),
  bandNote: z.string(),
  forecasts: z.array(VariantForecast),
  split: z.array(
    z.object({ variant: z.string(), linePosition: z.number().int(), parts: z.number().int(), reason: z.string() }),
  ),
  lexicon: z.array(LexiconChange),
  /** What *join* costs: units that are fresh only because lines were marked join. */
  joinExtra: z.object({ units: z.number().int(), credits: z.number().nullable() }),
  /** Directions and tags that the chosen models cannot take. */
  notSent: z.array(z.object({ linePosition: z.number().int(), direction: z.string() })),
  /**
   * How long the fresh units take once it is their turn: from what a call held a place for in each workspace, its places
   * and its calls a minute, workspaces side by side. Null while a workspace of the order has made no call yet.
   */
  renderSeconds: z.number().nullable(),
  problems: z.array(Problem),
});
export type Estimate = z.infer<typeof Estimate>;
