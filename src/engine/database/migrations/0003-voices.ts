/** The catalogue of voices and models, kept so that it can be read offline; what people note about voices. */
export const voices = `
CREATE TABLE catalogues (
  workspace_seq INTEGER PRIMARY KEY REFERENCES workspaces (seq),
  models TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(models)),
  read_at INTEGER,
  tried_at INTEGER,
  message TEXT
) STRICT;
`;
