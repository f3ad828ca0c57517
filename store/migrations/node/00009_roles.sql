-- A list is read role by role: a party may stand in one role on every record there is, and in another on a few. The
-- code of a role is its party's alone (code.go), so the indexes need no party.

-- +goose Up
DROP INDEX relation_list;
CREATE INDEX relation_list ON relation (kind, role, sort DESC, record DESC, until);
DROP INDEX relation_state;
CREATE INDEX relation_state ON relation (kind, role, state, sort DESC, record DESC, until);
