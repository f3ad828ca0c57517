-- What was erased, beside the documents too: a backup of the keys that is older is brought up to it.

-- +goose Up
CREATE TABLE erased (record BLOB NOT NULL PRIMARY KEY, at BIGINT NOT NULL);
