/**
 * What usage is made of, as SQL: what the ledger charged and gave back, and the audio that came of it. Holds are no
 * usage. Joined takes are left out, for their parts were counted.
 */

/** A style is a name; where the vendor's setting of that name is a number it is none. */
const ofRecipe = `j.workspace_seq, c.voice,
  CASE json_type(c.canonical, '$.settings.style') WHEN 'text' THEN json_extract(c.canonical, '$.settings.style') ELSE '' END AS style,
  coalesce(json_extract(c.canonical, '$.language'), '') AS language, coalesce(json_extract(c.canonical, '$.model'), '') AS model`;

/** Follow with a condition on `l.seq` or `l.at`. */
export const chargedFacts = (index: 'ledger_money' | 'ledger_money_at'): string =>
  `SELECT l.seq, l.at, CASE l.kind WHEN 'refund' THEN -l.credits ELSE l.credits END AS credits, 0 AS characters, 0.0 AS seconds, 0 AS takes,
    ${ofRecipe}, l.project_id AS project, l.person, l.machine
  FROM ledger l INDEXED BY ${index} CROSS JOIN jobs j ON j.seq = l.job_seq CROSS JOIN recipes c ON c.id = j.recipe_id
  WHERE l.kind IN ('charge', 'refund', 'adjustment')`;

/** Follow with a condition on `t.seq` or `t.created_at`. A take belongs to the order whose call brought it. */
export const outputFacts = `SELECT t.seq, t.created_at AS at, 0.0 AS credits, c.characters, t.duration_ms / 1000.0 AS seconds, 1 AS takes,
    ${ofRecipe}, r.project_id AS project, r.person, r.machine
  FROM takes t CROSS JOIN generations g ON g.id = t.generation_id CROSS JOIN jobs j ON j.seq = g.job_seq
    CROSS JOIN recipes c ON c.id = j.recipe_id CROSS JOIN renders r ON r.seq = j.render_seq
  WHERE TRUE`;

/** Amounts of one day that all have the same of everything. */
export interface UsageFact {
  readonly day: number;
  readonly workspace_seq: number;
  readonly voice: string;
  readonly style: string;
  readonly language: string;
  readonly model: string;
  readonly project: string;
  readonly person: string;
  readonly machine: string;
  readonly credits: number;
  readonly characters: number;
  readonly seconds: number;
  readonly takes: number;
}
/** Adds facts up; `facts` is one of the above, or several with UNION ALL. */
export const summed = (facts: string): string =>
  `SELECT at / 86400000 AS day, workspace_seq, voice, style, language, model, project, person, machine,
    total(credits) AS credits, sum(characters) AS characters, total(seconds) AS seconds, sum(takes) AS takes
  FROM (${facts}) GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9`;

/** What stands between a project and a person in a key of both. */
export const pairMark = '\u001f';

export const usageKeyDimensions = [
  'workspace',
  'voice',
  'style',
  'language',
  'model',
  'project',
  'person',
  'machine',
  'project_person',
] as const;
export type UsageKeyDimension = (typeof usageKeyDimensions)[number];
/** Under which key of a dimension a fact is counted; all keys are per workspace, for vendors' credits are unlike. */
export const keyOf = (
  dimension: UsageKeyDimension,
  fact: Pick<UsageFact, Exclude<UsageKeyDimension, 'workspace' | 'project_person'>>,
): string => {
  if (dimension === 'workspace') return '';
  return dimension === 'project_person' ? `${fact.project}${pairMark}${fact.person}` : fact[dimension];
};
