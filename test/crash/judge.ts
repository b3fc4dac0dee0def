/** What must hold when everything has come to rest: vendor's books = our books = takes on disk, and nothing left lying about. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Studio } from '#test/builders/studio.ts';
import { compareBooks, vendorRow } from '#test/builders/proof.ts';
import type { BilledCall } from '#test/builders/proof.ts';

export interface Expected {
  /** Every ordered text, each once. */
  readonly texts: readonly string[];
  /** Texts that rightly have no take. */
  readonly failing: (text: string) => boolean;
}

/** Jobs that go on by themselves, and calls that are still asked after. `isSought`: the vendor's history will show what closed jobs lost. */
export const isBusy = ({ ports: { database } }: Pick<Studio, 'ports'>, isSought = false): boolean =>
  (isSought &&
    database
      .prepare(
        `SELECT 1 AS found FROM generations g JOIN jobs j ON j.seq = g.job_seq
         WHERE g.state IN ('unknown', 'submitted') AND g.vendor_id IS NULL AND j.state IN ('failed', 'cancelled')`,
      )
      .get() !== undefined) ||
  database
    .prepare(
      `SELECT 1 AS found FROM jobs WHERE state IN ('queued', 'running') OR resolution = 'automatic'
       UNION ALL SELECT 1 FROM generations g JOIN jobs j ON j.seq = g.job_seq
         WHERE g.state <> 'settled' AND g.vendor_id IS NOT NULL AND j.state IN ('succeeded', 'failed', 'cancelled')
       UNION ALL SELECT 1 FROM renders WHERE state IN ('preparing', 'active') AND NOT EXISTS
         (SELECT 1 FROM jobs WHERE resolution = 'ask')`,
    )
    .get() !== undefined;

/** Everything that is wrong, in words; empty is good. */
export const judge = async (
  studio: Studio,
  vendor: readonly BilledCall[],
  { texts, failing }: Expected,
): Promise<string[]> => {
  const { database } = studio.ports;
  const fromVendor = new Set(vendor.map(({ text }) => text));
  const verdict = await compareBooks(studio, vendor.map(vendorRow), texts);
  const complaints = verdict.complaints.filter((complaint) => {
    const text = /"([^"]*)"/.exec(complaint)?.[1] ?? '';
    // Free voices and joined texts are not the vendor's audio; their files are checked against their rows.
    if (complaint.startsWith('The audio of') && !fromVendor.has(text)) return false;
    return !(failing(text) && complaint.includes('is failed'));
  });
  const lost = verdict.lost - texts.filter(failing).length;
  if (lost !== 0) complaints.push(`${lost} lines have no take.`);
  if (verdict.billedTwice > 0) complaints.push(`${verdict.billedTwice} lines were paid twice.`);
  for (const name of readdirSync(join(studio.folder, 'media', 'incoming')))
    complaints.push(`media/incoming/${name} was left.`);
  const rows = database
    .prepare<{ what: string }>(
      `SELECT 'job ' || seq || ' is ' || state AS what FROM jobs WHERE state IN ('queued', 'running', 'uncertain')
       UNION ALL SELECT 'generation ' || g.id || ' is ' || g.state FROM generations g JOIN jobs j ON j.seq = g.job_seq
         WHERE g.state <> 'settled' AND NOT (g.state = 'unknown' AND g.vendor_id IS NULL
           AND (j.state = 'failed' OR (g.idempotency_key IS NULL AND j.generation_id <> g.id)))
       UNION ALL SELECT 'render ' || seq || ' is ' || state FROM renders WHERE state NOT IN ('done', 'cancelled')
       UNION ALL SELECT 'render ' || render_seq || ' holds ' || sum(CASE kind WHEN 'hold' THEN credits ELSE -credits END) FROM ledger
         WHERE kind IN ('hold', 'release') GROUP BY render_seq HAVING abs(sum(CASE kind WHEN 'hold' THEN credits ELSE -credits END)) > 0.0001
       UNION ALL SELECT 'job ' || seq || ' keeps a hold' FROM jobs WHERE held_credits IS NOT NULL
       UNION ALL SELECT 'a row of ' || "table" || ' points nowhere' FROM pragma_foreign_key_check`,
    )
    .all();
  complaints.push(...rows.map(({ what }) => what));
  const doctor = await studio.client.call('library.doctor', {});
  for (const { text } of doctor.missing) complaints.push(`The file of "${text}" is gone.`);
  for (const { file } of doctor.unreferenced) {
    // Audio that cannot be played is kept aside under its call, whose books are closed.
    const id = /^media\/aside\/(.+)\.bin$/.exec(file)?.[1] ?? '';
    const call = database
      .prepare<{ charged: number }>(
        "SELECT charged_credits AS charged FROM generations WHERE id = ? AND state = 'settled'",
      )
      .get(id);
    if (call === undefined || call.charged <= 0) complaints.push(`${file} belongs to no take.`);
  }
  return complaints;
};
