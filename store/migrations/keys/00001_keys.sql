-- +goose Up
CREATE TABLE holder_key (holder TEXT NOT NULL, epoch BIGINT NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (holder, epoch));
CREATE TABLE wrap (subject BLOB NOT NULL, holder TEXT NOT NULL, epoch BIGINT NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (subject, holder));
CREATE TABLE shredded (subject BLOB NOT NULL PRIMARY KEY, place BIGINT NOT NULL UNIQUE, at BIGINT NOT NULL);
