/** What vendors say about accounts, usage by day, budgets and alerts. */
export const accounts = `
CREATE TABLE account_readings (
  seq INTEGER PRIMARY KEY,
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq),
  at INTEGER NOT NULL,
  used_credits REAL,
  limit_credits REAL,
  remaining_credits REAL,
  reset_at INTEGER,
  plan TEXT,
  subscription TEXT CHECK (subscription IS NULL OR json_valid(subscription))
) STRICT;
CREATE INDEX account_readings_newest ON account_readings (workspace_seq, at);
`;
