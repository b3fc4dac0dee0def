/** One list over our takes and the vendors' histories, with a full-text index whose rows stand in the order of time. */
export const history = `
CREATE TABLE history_entries (
  id INTEGER PRIMARY KEY,
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq)
) STRICT;
`;
