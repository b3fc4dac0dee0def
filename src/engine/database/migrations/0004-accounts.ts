/** What vendors say about accounts and usage, our own usage rolled up, budgets and alerts. */
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

CREATE TABLE account_attempts (
  workspace_seq INTEGER PRIMARY KEY REFERENCES workspaces (seq),
  tried_at INTEGER NOT NULL,
  failures INTEGER NOT NULL CHECK (failures >= 0),
  error_code TEXT,
  message TEXT,
  history_tried_at INTEGER,
  history_refusal TEXT,
  CHECK ((error_code IS NULL) = (message IS NULL)),
  CHECK ((failures = 0) = (error_code IS NULL))
) STRICT;

CREATE INDEX ledger_money ON ledger (seq) WHERE kind IN ('charge', 'refund', 'adjustment');
CREATE INDEX ledger_money_at ON ledger (at) WHERE kind IN ('charge', 'refund', 'adjustment');
CREATE INDEX takes_created ON takes (created_at);
CREATE INDEX jobs_held ON jobs (workspace_seq, render_seq, held_credits) WHERE held_credits IS NOT NULL;

CREATE TABLE usage_keys (
  id INTEGER PRIMARY KEY,
  dimension TEXT NOT NULL CHECK (dimension IN ('workspace', 'voice', 'style', 'language', 'model', 'project', 'person', 'machine', 'project_person')),
  key TEXT NOT NULL,
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq),
  UNIQUE (dimension, key, workspace_seq)
) STRICT;
CREATE TABLE usage_days (
  key_id INTEGER NOT NULL REFERENCES usage_keys (id),
  day INTEGER NOT NULL,
  credits REAL NOT NULL,
  characters INTEGER NOT NULL,
  seconds REAL NOT NULL,
  takes INTEGER NOT NULL,
  PRIMARY KEY (key_id, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE usage_months (
  key_id INTEGER NOT NULL REFERENCES usage_keys (id),
  month INTEGER NOT NULL,
  credits REAL NOT NULL,
  characters INTEGER NOT NULL,
  seconds REAL NOT NULL,
  takes INTEGER NOT NULL,
  PRIMARY KEY (key_id, month)
) STRICT, WITHOUT ROWID;
CREATE TABLE usage_folded (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  ledger_seq INTEGER NOT NULL,
  take_seq INTEGER NOT NULL
) STRICT;
INSERT INTO usage_folded (id, ledger_seq, take_seq) VALUES (1, 0, 0);

CREATE TABLE usage_vendor (
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq),
  day INTEGER NOT NULL,
  breakdown TEXT NOT NULL CHECK (breakdown IN ('voice', 'model', 'product', 'total')),
  voice TEXT NOT NULL,
  style TEXT NOT NULL,
  language TEXT NOT NULL,
  model TEXT NOT NULL,
  product TEXT NOT NULL,
  voice_name TEXT,
  credits REAL,
  characters REAL,
  minutes REAL,
  PRIMARY KEY (workspace_seq, day, breakdown, voice, style, language, model, product)
) STRICT, WITHOUT ROWID;
CREATE TABLE usage_vendor_days (
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq),
  day INTEGER NOT NULL,
  fetched_at INTEGER NOT NULL,
  PRIMARY KEY (workspace_seq, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE budgets (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL CHECK (name <> ''),
  project_id TEXT REFERENCES projects (id),
  person TEXT,
  workspace_seq INTEGER REFERENCES workspaces (seq),
  period TEXT NOT NULL CHECK (period IN ('month', 'all')),
  warn_credits REAL CHECK (warn_credits >= 0),
  stop_credits REAL CHECK (stop_credits >= 0),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX budgets_stop ON budgets (project_id, person, workspace_seq) WHERE stop_credits IS NOT NULL;

CREATE TABLE alerts (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('notice', 'warning', 'error')),
  workspace_seq INTEGER REFERENCES workspaces (seq),
  message TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  ended_at INTEGER,
  dismissed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX alerts_open ON alerts (kind, subject) WHERE ended_at IS NULL;
`;
