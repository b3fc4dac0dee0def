/**
 * What the engine says, in the person's language. The engine speaks English and names its figures; in English its sentence
 * stands alone. In another language the general sentence of the cause leads, and the engine's own stands beneath.
 */
import type { Alert } from '#contract/account.ts';
import type { Lane } from '#contract/entities.ts';
import { ErrorCode } from '#contract/errors.ts';
import { currentLanguage, type WordKey, wordsOf } from './words.ts';
import { errors } from './en/errors.ts';

export interface Description {
  readonly headline: string;
  /** The engine's own words, where they are not the headline. */
  readonly details: string | null;
}

const isKnown = (key: string): key is WordKey<'errors'> => Object.hasOwn(errors, key);

const describe = (key: string, message: string): Description => {
  const own = message.trim();
  if (own !== '' && (currentLanguage() === 'en' || !isKnown(key))) return { headline: own, details: null };
  if (!isKnown(key)) return { headline: wordsOf('errors')('internal'), details: null };
  return { headline: wordsOf('errors')(key), details: own === '' ? null : own };
};

/** Of an error with its code; a code that nobody knows is told in the engine's words. */
export const describeError = (failure: { readonly code: string; readonly message: string }): Description =>
  ErrorCode.safeParse(failure.code).success
    ? describe(failure.code, failure.message)
    : { headline: failure.message, details: null };

/** Of something that is wrong in a script or a table. */
export const describeProblem = (problem: { readonly code: string; readonly message: string }): Description =>
  describe(`problem.${problem.code}`, problem.message);

/** Why a workspace's queue is not working; null where there is nothing to say. */
export const describeLane = ({ state, reason }: Pick<Lane, 'state' | 'reason'>): Description | null =>
  reason === null ? null : describe(`lane.${state}`, reason);

export const describeAlert = ({ kind, message }: Pick<Alert, 'kind' | 'message'>): Description =>
  describe(`alert.${kind}`, message);

/** The same as one text, the engine's own words on a line of their own; for a place beside a form. */
export const tellError = (failure: { readonly code: string; readonly message: string }): string => {
  const { headline, details } = describeError(failure);
  return details === null ? headline : `${headline}\n${details}`;
};
