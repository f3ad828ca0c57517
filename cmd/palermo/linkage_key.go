package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"palermo/exchange"
	"palermo/matching"
	"palermo/node"
)

// linkageDeal begins a key of matching at an operator: what it writes is sealed
// to the other two, and any hand may carry it.
func linkageDeal(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("linkage deal", flag.ContinueOnError)
	config := f.String("config", "palermo.toml", "the node's settings")
	epoch := f.Uint("epoch", 0, "the number of the key: one more than the last")
	operators := f.String("operators", "", "the three nodes, in their order, with commas between them")
	if done, err := parse(f, args, out, "palermo linkage deal --epoch 2 --operators it,ng,secretariat > dealt-by-italy.txt"); done {
		return err
	}
	if *epoch == 0 || *epoch > 1<<31 || *operators == "" {
		return fmt.Errorf("%w: give --epoch and --operators; see palermo linkage deal --help", errUsage)
	}
	return speaking(ctx, *config, func(n *node.Node) error {
		dealt, err := n.Matching.Deal(ctx, uint32(*epoch), strings.Split(*operators, ","))
		if err != nil {
			return err
		}
		return exchange.Parcel{Sealed: dealt}.Write(out)
	})
}

// linkageAssemble makes this operator's share of what the others dealt, and
// writes what the signers put into the trust list: the same at all three.
func linkageAssemble(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("linkage assemble", flag.ContinueOnError)
	config := f.String("config", "palermo.toml", "the node's settings")
	epoch := f.Uint("epoch", 0, "the number of the key")
	until := f.String("until", "", "the day on which the key ends, as 2028-03-01: three months are usual")
	questions := f.Uint("questions", 50, "how many questions a State may ask of a register in a day")
	persons := f.Uint("persons", 1000, "how many persons a State may have in its registers: as few as will do")
	files := []string{"FILE", "FILE"}
	if done, err := parse(f, args, out, "palermo linkage assemble --epoch 2 --until 2028-03-01 dealt-by-ghana.txt dealt-by-unodc.txt > matching.key", files...); done {
		return err
	}
	end, err := time.Parse(time.DateOnly, *until)
	if err != nil || *epoch == 0 || *epoch > 1<<31 || *questions == 0 || *questions > 1<<16 || *persons == 0 || *persons > 1<<24 {
		return fmt.Errorf("%w: give --epoch and --until; see palermo linkage assemble --help", errUsage)
	}
	var dealt []exchange.Sealed
	for _, path := range f.Args() {
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		parcel, err := exchange.ReadParcel(file)
		if err := errors.Join(err, file.Close()); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		dealt = append(dealt, parcel.Sealed...)
	}
	return speaking(ctx, *config, func(n *node.Node) error {
		made, err := n.Matching.Assemble(ctx, uint32(*epoch), dealt)
		if err != nil {
			return err
		}
		encoded, err := exchange.Encode(matching.Terms(made, end, uint32(*questions), uint32(*persons)))
		if err != nil {
			return err
		}
		return exchange.ArmourMatching.Write(out, encoded)
	})
}

// readMatching reads what operators wrote for the list.
func readMatching(path string) (*exchange.Matching, error) {
	encoded, err := readArmour(path, exchange.ArmourMatching)
	if err != nil {
		return nil, err
	}
	var m exchange.Matching
	if err := exchange.Decode(encoded, &m); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &m, nil
}
