-- Roles and names of duties are coded (code.go). What was there in clear goes; palermo reindex writes it anew.

-- +goose Up
DROP TABLE relation;
CREATE TABLE relation (
  record BLOB NOT NULL, place BIGINT NOT NULL, kind TEXT NOT NULL, party BLOB NOT NULL, role BLOB NOT NULL, until BIGINT,
  state TEXT NOT NULL, sort BIGINT NOT NULL, PRIMARY KEY (record, place));
CREATE INDEX relation_list ON relation (kind, party, sort DESC, record DESC, role, until, state);

DROP TABLE duty;
CREATE TABLE duty (
  record BLOB NOT NULL, place BIGINT NOT NULL, kind TEXT NOT NULL, name BLOB NOT NULL, since BIGINT NOT NULL, due BIGINT NOT NULL,
  PRIMARY KEY (record, place));
DROP TABLE duty_step;
CREATE TABLE duty_step (
  record BLOB NOT NULL, place BIGINT NOT NULL, level BIGINT NOT NULL, party BLOB NOT NULL, role BLOB NOT NULL, starts BIGINT NOT NULL,
  PRIMARY KEY (record, place, level));
CREATE INDEX duty_day ON duty_step (party, role, starts, record, place, level);
