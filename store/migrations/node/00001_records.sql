-- +goose Up
CREATE TABLE record (
  id BLOB NOT NULL PRIMARY KEY, kind TEXT NOT NULL, version BIGINT NOT NULL, schema BIGINT NOT NULL,
  state TEXT NOT NULL, sort BIGINT NOT NULL, digest BLOB NOT NULL, sealed BLOB NOT NULL);
CREATE INDEX record_list ON record (kind, sort DESC, id DESC);

CREATE TABLE relation (
  record BLOB NOT NULL, place BIGINT NOT NULL, kind TEXT NOT NULL, party BLOB NOT NULL, role TEXT NOT NULL, until BIGINT,
  state TEXT NOT NULL, sort BIGINT NOT NULL, PRIMARY KEY (record, place));
CREATE INDEX relation_list ON relation (kind, party, role, sort DESC, record DESC);

CREATE TABLE token (token BLOB NOT NULL, record BLOB NOT NULL, PRIMARY KEY (token, record)) WITHOUT ROWID;
CREATE INDEX token_record ON token (record);

CREATE TABLE duty (
  record BLOB NOT NULL, place BIGINT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, since BIGINT NOT NULL, due BIGINT NOT NULL,
  PRIMARY KEY (record, place));
CREATE TABLE duty_step (
  record BLOB NOT NULL, place BIGINT NOT NULL, level BIGINT NOT NULL, party BLOB NOT NULL, role TEXT NOT NULL, starts BIGINT NOT NULL,
  PRIMARY KEY (record, place, level));
CREATE INDEX duty_day ON duty_step (party, role, starts);

CREATE TABLE entry (
  id BLOB NOT NULL PRIMARY KEY, seq BIGINT UNIQUE, at BIGINT NOT NULL, kind TEXT NOT NULL, version BIGINT NOT NULL,
  digest BLOB NOT NULL, header BLOB NOT NULL, particulars BLOB);
CREATE INDEX entry_waiting ON entry (id) WHERE seq IS NULL;
CREATE TABLE entry_subject (entry BLOB NOT NULL, place BIGINT NOT NULL, record BLOB NOT NULL, PRIMARY KEY (entry, place));
CREATE INDEX entry_subject_record ON entry_subject (record, entry DESC);

CREATE TABLE hash (idx BIGINT NOT NULL PRIMARY KEY, hash BLOB NOT NULL);
CREATE TABLE checkpoint (size BIGINT NOT NULL PRIMARY KEY, note BLOB NOT NULL, at BIGINT NOT NULL);

CREATE TABLE blob (record BLOB NOT NULL, id BLOB NOT NULL, chunk BIGINT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (record, id, chunk));

CREATE TABLE session (
  hash BLOB NOT NULL PRIMARY KEY, member BLOB NOT NULL, created BIGINT NOT NULL, seen BIGINT NOT NULL, expires BIGINT NOT NULL);
CREATE INDEX session_member ON session (member);
