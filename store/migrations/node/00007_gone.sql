-- Particulars that went with an erased part of a record leave their digest, so that the leaf stays what it was.

-- +goose Up
ALTER TABLE entry ADD COLUMN gone BLOB;
