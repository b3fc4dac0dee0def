/** The catalogue of voices and models, kept so that it can be read offline; what people note about voices. */
export const voices = `
CREATE TABLE catalogues (
  workspace_seq INTEGER PRIMARY KEY REFERENCES workspaces (seq),
  models TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(models)),
  read_at INTEGER,
  tried_at INTEGER,
  message TEXT
) STRICT;

-- A voice that left the vendor's list keeps its row: scripts and takes may still name it.
CREATE TABLE voices (
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq),
  voice_id TEXT NOT NULL CHECK (voice_id <> ''),
  position INTEGER NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  gone_at INTEGER,
  PRIMARY KEY (workspace_seq, voice_id)
) STRICT;

-- Also of voices that no list names: some vendors list none.
CREATE TABLE voice_marks (
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq),
  voice_id TEXT NOT NULL CHECK (voice_id <> ''),
  favourite INTEGER NOT NULL DEFAULT 0 CHECK (favourite IN (0, 1)),
  alias TEXT CHECK (alias <> ''),
  used_at INTEGER,
  PRIMARY KEY (workspace_seq, voice_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX voice_marks_alias ON voice_marks (workspace_seq, alias COLLATE NOCASE) WHERE alias IS NOT NULL;

-- Up to which job the last uses are in voice_marks.
CREATE TABLE voice_uses_read (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  job_seq INTEGER NOT NULL
) STRICT;
INSERT INTO voice_marks (workspace_seq, voice_id, used_at)
  SELECT j.workspace_seq, c.voice, max(j.created_at) FROM jobs j JOIN recipes c ON c.id = j.recipe_id
  WHERE j.kind = 'speech' AND c.voice <> '' GROUP BY j.workspace_seq, c.voice;
INSERT INTO voice_uses_read (id, job_seq) SELECT 1, coalesce(max(seq), 0) FROM jobs;

CREATE TABLE palettes (
  project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq),
  voice_id TEXT NOT NULL CHECK (voice_id <> ''),
  PRIMARY KEY (project_id, position),
  UNIQUE (project_id, workspace_seq, voice_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE previews (
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq),
  voice_id TEXT NOT NULL,
  preview_id TEXT NOT NULL,
  -- Without its query, which may be signed anew with each list.
  address TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  format TEXT NOT NULL CHECK (format IN ('wav', 'mp3', 'flac', 'ogg')),
  bytes INTEGER NOT NULL CHECK (bytes > 0),
  PRIMARY KEY (workspace_seq, voice_id, preview_id)
) STRICT;
CREATE INDEX previews_file ON previews (sha256);
`;
