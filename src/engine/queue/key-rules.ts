/** When a call whose answer was lost may be sent again with its own key: the same body, the same key, never twice paid. */
import type { SettingValue } from '#contract/entities.ts';
import type { GenerationRow } from '../database/generations.ts';

export interface SendingConditions {
  readonly baseUrl: string;
  readonly keyFingerprint: string | null;
  readonly keyLifetimeMs: number;
  /** Epoch ms. */
  readonly now: number;
}

/** How far the clock may step back before a key's age is no longer believed, in ms. */
const clockToleranceMs = 60_000;
const hourMs = 3_600_000;

/** The vendor's key store keeps a key 24 h unless the workspace says otherwise (`keyLifetimeHours`); an hour of it is left unused. */
export const keyLifetimeMs = (settings: Readonly<Record<string, SettingValue>>): number => {
  const hours = Number(settings['keyLifetimeHours'] ?? 24);
  return Math.max(0, (Number.isFinite(hours) ? hours : 24) - 1) * hourMs;
};

/** Why a person must decide, with the words for that person. */
export interface Refusal {
  readonly code: 'outcome_unknown' | 'key_expired';
  readonly message: string;
}
const asks = "Look into the vendor's own history, then decide.";
const unknown = (message: string): Refusal => ({
  code: 'outcome_unknown',
  message: `The answer was lost ${message} ${asks}`,
});

/** Null when it may be sent again. */
export const whyNotResend = (
  generation: Pick<GenerationRow, 'idempotencyKey' | 'baseUrl' | 'keyFingerprint' | 'submittedAt'>,
  conditions: SendingConditions,
): Refusal | null => {
  if (generation.idempotencyKey === null) return unknown('and this vendor takes no idempotency key.');
  if (generation.baseUrl !== conditions.baseUrl) {
    return unknown("and the workspace's address has changed since, so its key means nothing there.");
  }
  if (generation.keyFingerprint !== conditions.keyFingerprint) {
    return unknown("and the workspace's API key has changed since, so the idempotency key may not be known there.");
  }
  const age = conditions.now - (generation.submittedAt ?? conditions.now);
  if (age < -clockToleranceMs) {
    return unknown("and this computer's clock has been set back since, so the age of its key is not known.");
  }
  if (age > conditions.keyLifetimeMs) {
    const hours = Math.round(age / hourMs);
    return { ...unknown(`${hours} hours ago, longer than the vendor keeps idempotency keys.`), code: 'key_expired' };
  }
  return null;
};

/** The same for a call that may be asked after by the vendor's own id: free, but only where it was made. */
export const whyNotFollow = (
  generation: Pick<GenerationRow, 'idempotencyKey' | 'baseUrl' | 'keyFingerprint' | 'submittedAt' | 'vendorId'>,
  conditions: SendingConditions,
): Refusal | null => {
  if (generation.vendorId === null) return whyNotResend(generation, conditions);
  if (generation.baseUrl === conditions.baseUrl) return null;
  return {
    code: 'outcome_unknown',
    message: `The vendor took this line on, and the workspace's address has changed since, so it cannot be asked after there. ${asks}`,
  };
};
