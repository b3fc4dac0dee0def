/** Who and where, for the ledger: plain names, nothing that is looked up elsewhere. */
import { hostname, userInfo } from 'node:os';

export interface Person {
  readonly person: string;
  readonly machine: string;
}

export const readPerson = (environment: Readonly<Record<string, string | undefined>> = process.env): Person => {
  const fallback = environment['USER'] ?? environment['USERNAME'] ?? 'unknown';
  let person = fallback;
  try {
    person = userInfo().username || fallback;
  } catch {
    // A user id without an account, as in some containers.
  }
  return { person, machine: hostname() || 'unknown' };
};
