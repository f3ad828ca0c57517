-- What a record's index was last written as, so that a change that leaves it as it is writes none of it. Empty: write it.

-- +goose Up
ALTER TABLE record ADD COLUMN indexed BLOB;
