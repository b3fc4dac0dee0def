/**
 * One list over our takes and the vendors' histories, with a full-text index beside it.
 * An entry has two numbers: `id` says when (ms * 1024 + n) and orders the list; `seq` names its row in the index and is
 * dense, because the index stores differences of row numbers: with `id` in its place it took four times the room
 * (573 bytes an entry instead of 142; 45 words each, 100,000 over two years). Within a run both grow together, so a run is
 * read newest first in the order of the index; runs are few and are merged.
 */
const tables = `
-- Voices and models as entries name them: an entry points at one row instead of repeating it.
CREATE TABLE history_speakers (
  seq INTEGER PRIMARY KEY,
  provider TEXT NOT NULL,
  voice TEXT NOT NULL,
  model TEXT NOT NULL DEFAULT '',
  name TEXT,
  UNIQUE (provider, voice, model)
) STRICT;

CREATE TABLE vendor_items (
  seq INTEGER PRIMARY KEY,
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq),
  item_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  request_id TEXT,
  voice TEXT NOT NULL,
  voice_name TEXT,
  model TEXT,
  text TEXT NOT NULL,
  credits REAL,
  source TEXT,
  state TEXT NOT NULL,
  format TEXT,
  settings TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(settings)),
  timings TEXT CHECK (timings IS NULL OR json_valid(timings)),
  -- The call of ours that made it; null: made elsewhere.
  generation_seq INTEGER REFERENCES generations (seq),
  -- Two workspaces with keys of one account see the same items.
  UNIQUE (item_id, workspace_seq)
) STRICT;
CREATE INDEX vendor_items_time ON vendor_items (workspace_seq, at);
CREATE INDEX vendor_items_request ON vendor_items (request_id) WHERE request_id IS NOT NULL;

CREATE TABLE history_runs (
  seq INTEGER PRIMARY KEY,
  low_seq INTEGER NOT NULL,
  high_seq INTEGER NOT NULL CHECK (high_seq >= low_seq),
  -- What is above waits to be indexed with others: searches compare those few themselves.
  indexed_seq INTEGER NOT NULL CHECK (indexed_seq <= high_seq),
  low_id INTEGER NOT NULL,
  high_id INTEGER NOT NULL CHECK (high_id >= low_id)
) STRICT;

CREATE TABLE history_entries (
  seq INTEGER PRIMARY KEY,
  id INTEGER NOT NULL UNIQUE,
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq),
  speaker_seq INTEGER NOT NULL REFERENCES history_speakers (seq),
  status TEXT NOT NULL,
  -- Ours: the unit, what became of it, and on whose account.
  recipe_id INTEGER REFERENCES recipes (id),
  take_no INTEGER,
  render_seq INTEGER REFERENCES renders (seq),
  generation_seq INTEGER REFERENCES generations (seq),
  -- Also of an item whose audio was fetched. Free takes may be dropped and made again.
  take_seq INTEGER REFERENCES takes (seq) ON DELETE SET NULL,
  item_seq INTEGER REFERENCES vendor_items (seq),
  note TEXT NOT NULL DEFAULT '',
  CHECK (recipe_id IS NOT NULL OR item_seq IS NOT NULL),
  CHECK ((recipe_id IS NULL) = (take_no IS NULL)),
  CHECK ((recipe_id IS NULL) = (render_seq IS NULL)),
  CHECK (recipe_id IS NOT NULL OR generation_seq IS NULL)
) STRICT;
CREATE INDEX history_entries_speaker ON history_entries (speaker_seq, id);
CREATE UNIQUE INDEX history_entries_take ON history_entries (take_seq) WHERE take_seq IS NOT NULL;
CREATE UNIQUE INDEX history_entries_generation ON history_entries (generation_seq) WHERE generation_seq IS NOT NULL;
CREATE UNIQUE INDEX history_entries_item ON history_entries (item_seq) WHERE item_seq IS NOT NULL;
-- Whether a part of a longer line was also ordered as a line of its own.
CREATE INDEX render_items_recipe ON render_items (recipe_id);

-- Without positions: a third of the size; phrases are looked for in the texts of the rows that hold all their words.
CREATE VIRTUAL TABLE history_text USING fts5(text, voice, project, person, note,
  content='', contentless_delete=1, detail=none, prefix='2 3 4', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE history_terms USING fts5vocab('history_text', 'instance');

-- What was read of each vendor's history, and the stretches that are still to be read: from the cursor into the past.
CREATE TABLE history_syncs (
  workspace_seq INTEGER PRIMARY KEY REFERENCES workspaces (seq),
  newest_at INTEGER,
  oldest_at INTEGER,
  read_at INTEGER NOT NULL
) STRICT;
CREATE TABLE history_gaps (
  seq INTEGER PRIMARY KEY,
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq),
  cursor TEXT,
  -- Everything older is known; null: to the beginning.
  until_at INTEGER,
  -- Its cursor led nowhere, and it is read once more from its top.
  again INTEGER NOT NULL DEFAULT 0 CHECK (again IN (0, 1))
) STRICT;
CREATE INDEX history_gaps_workspace ON history_gaps (workspace_seq);
`;

/** Units that became takes before there was a history, with the order that asked for them first; parts of longer lines are left out. */
const known = `
CREATE TEMP TABLE history_known AS
SELECT t.seq AS take_seq, t.recipe_id, t.take_no, t.created_at, c.voice, j.workspace_seq, j.render_seq, w.provider,
  coalesce(json_extract(CASE c.kind WHEN 'speech' THEN c.canonical ELSE (SELECT pc.canonical FROM recipe_parts p JOIN recipes pc ON pc.id = p.part_id
    WHERE p.recipe_id = c.id ORDER BY p.position LIMIT 1) END, '$.model'), '') AS model,
  CASE WHEN g.seq IS NOT NULL AND NOT EXISTS (SELECT 1 FROM takes o WHERE o.generation_id = t.generation_id AND o.seq < t.seq) THEN g.seq END AS generation_seq,
  row_number() OVER (ORDER BY t.created_at, t.seq) AS place
FROM takes t JOIN recipes c ON c.id = t.recipe_id
  JOIN (SELECT recipe_id, take_no, max(seq) AS seq FROM jobs GROUP BY recipe_id, take_no) o ON o.recipe_id = t.recipe_id AND o.take_no = t.take_no
  JOIN jobs j ON j.seq = o.seq JOIN workspaces w ON w.seq = j.workspace_seq
  LEFT JOIN generations g ON g.id = t.generation_id
WHERE NOT EXISTS (SELECT 1 FROM recipe_parts p WHERE p.part_id = t.recipe_id)
  OR EXISTS (SELECT 1 FROM render_items i WHERE i.recipe_id = t.recipe_id);
`;

const fill = `
INSERT INTO history_speakers (provider, voice, model, name)
SELECT k.provider, k.voice, k.model, max(json_extract(v.body, '$.name')) FROM history_known k
  LEFT JOIN voices v ON v.workspace_seq = k.workspace_seq AND v.voice_id = k.voice
GROUP BY k.provider, k.voice, k.model;

-- Strictly growing also where more than 1,024 fall into one millisecond.
INSERT INTO history_entries (seq, id, workspace_seq, speaker_seq, status, recipe_id, take_no, render_seq, generation_seq, take_seq)
SELECT 4294967296 + k.place, max(k.created_at * 1024 - k.place) OVER (ORDER BY k.place) + k.place,
  k.workspace_seq, s.seq, 'stored', k.recipe_id, k.take_no, k.render_seq, k.generation_seq, k.take_seq
FROM history_known k JOIN history_speakers s ON s.provider = k.provider AND s.voice = k.voice AND s.model = k.model
ORDER BY k.place;

INSERT INTO history_text (rowid, text, voice, project, person, note)
SELECT e.seq, c.text, s.voice || ' ' || coalesce(s.name, ''), p.name, r.person, ''
FROM history_entries e JOIN recipes c ON c.id = e.recipe_id JOIN history_speakers s ON s.seq = e.speaker_seq
  JOIN renders r ON r.seq = e.render_seq JOIN projects p ON p.id = r.project_id
ORDER BY e.seq;

INSERT INTO history_runs (low_seq, high_seq, indexed_seq, low_id, high_id)
SELECT min(seq), max(seq), max(seq), min(id), max(id) FROM history_entries HAVING count(*) > 0;
DROP TABLE history_known;
`;

export const history = `${tables}${known}${fill}`;
