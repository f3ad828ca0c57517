package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var benchLine = regexp.MustCompile(`^Benchmark(\S+)\s+\d+\s+([\d.]+) ns/op(?:\s+([\d.]+) tokens/s)?`)

// obliviousKeys runs the benchmarks of the room, all on one core, against
// circl alone in the same run.
func obliviousKeys(ctx context.Context, p *page) error {
	out, err := command(ctx, "go", "test", "-run", "^$", "-bench", "Tokens|Operator|PrepareRegister|Question", "-cpu", "1", "-benchtime", "2s", "./linkage")
	if err != nil {
		return err
	}
	took, rate := map[string]time.Duration{}, map[string]float64{}
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		m := benchLine.FindStringSubmatch(lines.Text())
		if m == nil {
			continue
		}
		ns, err := strconv.ParseFloat(m[2], 64)
		if err != nil {
			return err
		}
		took[m[1]] = time.Duration(ns)
		rate[m[1]], _ = strconv.ParseFloat(m[3], 64) // not every line has one
	}
	if len(took) < 6 {
		return fmt.Errorf("the benchmarks of the room say only %d things:\n%s", len(took), out)
	}
	whole, operator := rate["Tokens"]/rate["TokensCircl/verifiable"], rate["Operator"]/rate["OperatorCircl/verifiable"]
	p.say("\n## Oblivious keys\n\nOne core for all. The peer is circl alone: one server that holds the whole key, no shares, no messages.")
	p.table("what", "figure", "wanted")
	p.row("whole way, two of three operators with proofs, against circl's verifiable mode", percent(whole), "at least 80 %: "+met(whole >= 0.8))
	p.row("the same against circl's base mode, which proves nothing", percent(rate["Tokens"]/rate["TokensCircl/base"]), "")
	p.row("one operator, against circl's verifiable server", percent(operator), "at least 80 %: "+met(operator >= 0.8))
	p.row("register of 13,005 persons prepared", took["PrepareRegister"].Round(time.Second).String(), "minutes: "+met(took["PrepareRegister"] < 10*time.Minute))
	p.row("a question answered", ms(took["Question"]), "under 300 ms: "+met(took["Question"] < 300*time.Millisecond))
	return nil
}

func percent(ratio float64) string { return fmt.Sprintf("%.0f %%", 100*ratio) }

// compared is what palermo linkage eval --json says.
type compared struct {
	Pairs, Found, Right int
	Precision, Recall   float64
}

// febrl compares sets of which it is known who is the same person.
func febrl(ctx context.Context, p *page) error {
	if p.data == "" {
		return fmt.Errorf("give -data, the folder with febrl in it")
	}
	folder, err := filepath.Abs(filepath.Join(p.data, "febrl"))
	if err != nil {
		return err
	}
	p.say("\n## FEBRL, without the social security number\n\nAustralian, made up, rich in addresses, which victims in two States rarely share. The keys are those that the")
	p.say("oblivious way evaluates.")
	p.table("set", "keys that must agree", "with address", "precision", "recall", "wanted")
	for _, set := range []string{"dataset1.csv", "dataset2.csv"} {
		out, err := command(ctx, "go", "run", "./cmd/palermo", "linkage", "eval", "--ignore", "soc_sec_id", "--json", filepath.Join(folder, set))
		if err != nil {
			return err
		}
		var c compared
		if err := json.Unmarshal(out, &c); err != nil {
			return fmt.Errorf("%s: %w", set, err)
		}
		p.row(set, "as decided", "yes", fmt.Sprintf("%.3f", c.Precision), fmt.Sprintf("%.3f", c.Recall), "recall 0.93 at precision 0.99: "+met(c.Recall >= 0.93 && c.Precision >= 0.99))
		text, err := command(ctx, "go", "run", "./cmd/palermo", "linkage", "eval", "--ignore", "soc_sec_id", filepath.Join(folder, set))
		if err != nil {
			return err
		}
		p.say("\n%s, the trade-off:\n\n```\n%s\n```", set, strings.TrimSpace(string(text)))
		if set == "dataset1.csv" {
			p.table("set", "keys that must agree", "with address", "precision", "recall", "wanted")
		}
	}
	return nil
}

// command runs one in the program's own module.
func command(ctx context.Context, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = ".."
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, errs.String())
	}
	return out, nil
}
