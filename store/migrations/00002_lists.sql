-- A page of a list is read from one index, in its order: the relation knows the record's place in the list and its state.

-- +goose Up
ALTER TABLE relation ADD COLUMN sort BIGINT NOT NULL DEFAULT 0;
ALTER TABLE relation ADD COLUMN state TEXT NOT NULL DEFAULT '';
UPDATE relation SET sort = (SELECT r.sort FROM record r WHERE r.id = relation.record),
  state = (SELECT r.state FROM record r WHERE r.id = relation.record);
DROP INDEX relation_party;
CREATE INDEX relation_list ON relation (kind, party, sort DESC, record DESC, role, until, state);
CREATE INDEX session_expires ON session (expires);
