/** Tickets and sessions of one web host. Tokens are kept as hashes, so that looking one up tells nothing by its timing. */
import { createHash, randomBytes } from 'node:crypto';

export const ticketLifetimeMs = 60_000;
/** Reopening many times must not grow the list; the oldest tickets go first. */
const maxOpenTickets = 100;

export interface Sessions {
  /** Good once, for 60 seconds. */
  mintTicket(): string;
  /** The session token a ticket buys; null when it is unknown, used or too old. */
  trade(ticket: string): string | null;
  holds(token: string | undefined): boolean;
}

const newToken = (): string => randomBytes(32).toString('base64url');
const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** `now` in ms of a clock that never goes back. */
export const createSessions = ({ now }: { readonly now: () => number }): Sessions => {
  const mintedAt = new Map<string, number>();
  const sessions = new Set<string>();
  return {
    mintTicket: () => {
      const ticket = newToken();
      mintedAt.set(hashOf(ticket), now());
      const [oldest] = mintedAt.keys();
      if (mintedAt.size > maxOpenTickets && oldest !== undefined) mintedAt.delete(oldest);
      return ticket;
    },
    trade: (ticket) => {
      const hash = hashOf(ticket);
      const at = mintedAt.get(hash);
      mintedAt.delete(hash);
      if (at === undefined || now() - at > ticketLifetimeMs) return null;
      const token = newToken();
      sessions.add(hashOf(token));
      return token;
    },
    holds: (token) => token !== undefined && sessions.has(hashOf(token)),
  };
};
