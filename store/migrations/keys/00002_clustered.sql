-- A wrap lies under its subject and holder: one tree where there were two.

-- +goose Up
CREATE TABLE wrap_clustered (
  subject BLOB NOT NULL, holder TEXT NOT NULL, epoch BIGINT NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (subject, holder)) WITHOUT ROWID;
INSERT INTO wrap_clustered (subject, holder, epoch, sealed) SELECT subject, holder, epoch, sealed FROM wrap;
DROP TABLE wrap;
ALTER TABLE wrap_clustered RENAME TO wrap;
