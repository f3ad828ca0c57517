-- +goose Up
-- A list of one state is read from one index in its order: what waits to be sent lies among much that was sent.
CREATE INDEX relation_state ON relation (kind, party, state, sort DESC, record DESC, role, until);
