// Command extract keeps the translations in step with the code.
//
//	go run ./web/locale/extract            writes web/locales/messages.pot
//	go run ./web/locale/extract -merge     … and brings the texts into every .po file
//	go run ./web/locale/extract -check     lists what is missing, fuzzy or no longer used; exit status 1
//
// It finds a text by where it goes, not by how it is written: every constant
// string that can reach Locale.T, N or C, or the message of a fault, through
// parameters, results, variables and struct fields; struct tags label, hint
// and legend; constants of a type named Phrase; and t, n and c in templates.
// So a new table of labels needs no registration, only to be shown.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"palermo/jurisdiction"
)

func main() {
	log.SetFlags(0)
	check := flag.Bool("check", false, "list missing, fuzzy and obsolete texts; exit status 1 when there are any")
	merge := flag.Bool("merge", false, "add new texts to the .po files and mark old ones obsolete")
	root := flag.String("root", ".", "the folder of go.mod")
	flag.Parse()
	if err := run(*root, *check, *merge); err != nil {
		log.Fatalf("extract: %v", err)
	}
}

func run(root string, check, merge bool) error {
	found, err := collect(root)
	if err != nil {
		return err
	}
	if err := found.clocks(); err != nil {
		return err
	}
	folder := filepath.Join(root, "web", "locales")
	if check {
		problems, err := found.check(folder)
		if err != nil {
			return err
		}
		for _, p := range problems {
			fmt.Println(p)
		}
		if len(problems) > 0 {
			return fmt.Errorf("%d texts need a translator", len(problems))
		}
		return nil
	}
	if merge {
		if err := found.merge(folder); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(folder, "messages.pot"), found.pot().Bytes(), 0o644)
}

// collect reads the whole module.
func collect(root string) (*messages, error) {
	found := newMessages()
	templates, err := templateFiles(root)
	if err != nil {
		return nil, err
	}
	for _, name := range templates {
		if err := found.template(root, name); err != nil {
			return nil, err
		}
	}
	packages, err := loadPackages(root)
	if err != nil {
		return nil, err
	}
	found.source(root, packages)
	return found, nil
}

// clocks adds the titles of duties, which stand in the profiles of States.
func (m *messages) clocks() error {
	for _, code := range jurisdiction.Codes() {
		profile, err := jurisdiction.Load(code)
		if err != nil {
			return err
		}
		for _, clock := range profile.Clocks {
			m.add("", clock.Title, "", "jurisdiction/profiles/"+code+".yaml")
		}
	}
	return nil
}
