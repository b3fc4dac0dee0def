/** A client's answers file. It comes from outside: everything in it is checked, limited and taken as text. */
import { z } from 'zod';
import { AppError } from '#contract/errors.ts';
import { Verdict } from '#contract/review.ts';

/** Without signs that steer a terminal or turn the direction of a line. */
const plain = (text: string): string =>
  text.replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '').trim();
const text = (longest: number) => z.string().max(longest).transform(plain).pipe(z.string().min(1));
const moment = z.number().min(0).max(8.64e15);
const id = z.string().regex(/^[\w.-]{1,80}$/);

export const Answers = z.object({
  cuebooth: z.literal('review-answers'),
  version: z.literal(1),
  packageId: id,
  person: text(120).transform((name) => name.replaceAll(/\s+/gu, ' ')),
  answers: z
    .array(
      z.object({
        take: id,
        verdict: Verdict,
        at: moment,
        comments: z
          .array(z.object({ id, atMs: z.number().min(0).max(8.64e7).nullable(), text: text(4000), at: moment }))
          .max(500),
      }),
    )
    .max(50_000),
});
export type Answers = z.infer<typeof Answers>;

const refuse = (reason: string): AppError =>
  new AppError(
    'invalid_input',
    `This is no answers file of a review package: ${reason}. Nothing was changed. Ask for the file that "Save answers" on the client's page makes.`,
  );

/** Throws `invalid_input` with the first thing that is wrong. */
export const readAnswers = (source: string): Answers => {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    throw refuse(source.startsWith('PK') ? 'it is a zip file' : 'it is no JSON');
  }
  const about = z.object({ cuebooth: z.literal('review-answers'), version: z.number() }).safeParse(value);
  if (!about.success) throw refuse('it does not say that it is one');
  if (about.data.version !== 1)
    throw refuse(`it is of version ${about.data.version}, which only a newer Cuebooth reads`);
  const parsed = Answers.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refuse(`${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
};
