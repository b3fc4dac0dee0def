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

/** Null when it may be sent again, else why not, in words for the person who decides. */
export const whyNotResend = (
  generation: Pick<GenerationRow, 'idempotencyKey' | 'baseUrl' | 'keyFingerprint' | 'submittedAt'>,
  conditions: SendingConditions,
): string | null => {
  const asks = 'Look into the vendor\'s own history, then decide.';
  if (generation.idempotencyKey === null) return `The answer was lost and this vendor takes no idempotency key. ${asks}`;
  if (generation.baseUrl !== conditions.baseUrl) {
    return `The answer was lost and the workspace's address has changed since, so its key means nothing there. ${asks}`;
  }
  if (generation.keyFingerprint !== conditions.keyFingerprint) {
    return `The answer was lost and the workspace's API key has changed since, so the idempotency key may not be known there. ${asks}`;
  }
  const age = conditions.now - (generation.submittedAt ?? conditions.now);
  if (age < -clockToleranceMs) {
    return `The answer was lost and this computer's clock has been set back since, so the age of its key is not known. ${asks}`;
  }
  if (age > conditions.keyLifetimeMs) {
    return `The answer was lost ${Math.round(age / hourMs)} hours ago, longer than the vendor keeps idempotency keys. ${asks}`;
  }
  return null;
};
