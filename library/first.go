package library

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"

	"gopkg.in/yaml.v3"

	"palermo/access"
	"palermo/record"
)

//go:embed first.yaml
var firstYAML []byte

// report is the source of the first entries.
const report = "Report on the meeting of the Working Group on Trafficking in Persons held in Vienna on 2 and 3 July 2018, 18 July 2018"

type firstEntry struct {
	Code   string         `yaml:"code"`
	Title  string         `yaml:"title"`
	Done   string         `yaml:"done"`
	Who    string         `yaml:"who"`
	At     string         `yaml:"at"`
	Theme  Theme          `yaml:"theme"`
	Serves Recommendation `yaml:"serves"`
}

func first() ([]Entry, error) {
	d := yaml.NewDecoder(bytes.NewReader(firstYAML))
	d.KnownFields(true)
	var read []firstEntry
	if err := d.Decode(&read); err != nil {
		return nil, fmt.Errorf("first.yaml: %w", err)
	}
	var entries []Entry
	for _, f := range read {
		e := Entry{Code: f.Code, Facts: Facts{Title: f.Title, Done: f.Done, Who: f.Who, Source: report + ", " + f.At, Theme: f.Theme, Serves: f.Serves,
			Language: "en", Nobody: true}}
		if err := e.Facts.check(); err != nil {
			return nil, fmt.Errorf("first.yaml, %s: %w", f.Code, err)
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// Stock brings in the good practices that the report names, those that the library does not have yet, published.
func (s *Shelf) Stock(ctx context.Context, node *record.Node) error {
	entries, err := first()
	if err != nil {
		return err
	}
	d := node.For(access.Node(access.FocalPoint))
	for i := range entries {
		n, err := record.Count(ctx, d, s.Kind, record.Query[Entry]{Words: [][]string{{codeWord(entries[i].Code)}}, Limit: 1})
		if err != nil {
			return err
		}
		if n > 0 {
			continue
		}
		err = record.Do(ctx, d, record.Reason{Action: actCreate}, func(tx *record.Tx) error {
			e := &Entry{Code: entries[i].Code, Facts: entries[i].Facts, Added: tx.Now(), Published: tx.Now()}
			e.Note(happened{What: "practice_published"})
			_, err := record.Create(tx, s.Kind, e)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
