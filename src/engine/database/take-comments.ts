/** Remarks about takes, at a place in the sound or about the whole. */
import type { TakeId } from '#contract/entities.ts';
import type { ReviewComment } from '#contract/review.ts';
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

/** Before the ids of remarks that came with a client's answers: no name in such a file passes for one of the house. */
export const clientCommentPrefix = 'client-';

interface CommentRaw {
  readonly id: string;
  readonly take_id: string;
  readonly at_ms: number | null;
  readonly text: string;
  readonly person: string;
  readonly created_at: number;
  readonly resolved_at: number | null;
}
const commentColumns = `m.id, t.id AS take_id, m.at_ms, m.text, m.person, m.created_at, m.resolved_at
  FROM take_comments m JOIN takes t ON t.seq = m.take_seq`;
const commentOf = (raw: CommentRaw): ReviewComment => ({
  id: raw.id,
  takeId: raw.take_id as TakeId,
  atMs: raw.at_ms,
  text: raw.text,
  person: raw.person,
  createdAt: raw.created_at,
  resolvedAt: raw.resolved_at,
  fromClient: raw.id.startsWith(clientCommentPrefix),
});
/** By place in the take, remarks about the whole first, then by time. */
export const listTakeComments = (database: ReadableDatabase, takeSeq: number): ReviewComment[] =>
  database
    .prepare<CommentRaw>(
      `SELECT ${commentColumns} WHERE m.take_seq = ? AND m.removed_at IS NULL ORDER BY m.at_ms, m.created_at, m.seq`,
    )
    .all(takeSeq)
    .map(commentOf);
export const getComment = (database: ReadableDatabase, id: string): ReviewComment | null => {
  const raw = database.prepare<CommentRaw>(`SELECT ${commentColumns} WHERE m.id = ?`).get(id);
  return raw === undefined ? null : commentOf(raw);
};
/** False when a comment of this id is known already, removed or not. */
export const insertComment = (
  database: WritableDatabase,
  comment: {
    readonly id: string;
    readonly takeSeq: number;
    readonly atMs: number | null;
    readonly text: string;
    readonly person: string;
    readonly at: number;
  },
): boolean =>
  database
    .prepare(
      'INSERT INTO take_comments (id, take_seq, at_ms, text, person, created_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
    )
    .run(comment.id, comment.takeSeq, comment.atMs, comment.text, comment.person, comment.at).changes === 1;
export const setCommentResolved = (database: WritableDatabase, id: string, at: number | null): void => {
  database.prepare('UPDATE take_comments SET resolved_at = ? WHERE id = ?').run(at, id);
};
export const setCommentRemoved = (database: WritableDatabase, id: string, at: number | null): void => {
  database.prepare('UPDATE take_comments SET removed_at = ? WHERE id = ?').run(at, id);
};
