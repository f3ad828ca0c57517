-- A page of a list is read from one index in its order, and stops at the limit, however many records a party stands on.

-- +goose Up
DROP INDEX relation_list;
CREATE INDEX relation_list ON relation (kind, party, sort DESC, record DESC, role, until, state);
DROP INDEX duty_day;
CREATE INDEX duty_day ON duty_step (party, role, starts, record, place, level);
CREATE INDEX session_expires ON session (expires);
