// Package faults has two nodes, each a process of the program itself, work with
// each other while they are killed, their line is cut, slow or reset, and their
// disk is full. Afterwards both sides must say the same, and each history must
// be whole.
//
// The nodes live in namespaces of the test's own: each with a network of its
// own and a small disk. Where the machine does not allow that, they share
// loopback, the line is cut by the test's relay, and no disk is filled; the test
// says which of the two it was.
//
// PALERMO_FAULTS_SEEDS=20 draws faults from twenty seeds, half a minute each;
// without it there is one seed and a quarter of a minute.
package faults
