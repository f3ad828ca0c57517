// Package training is practice for those who meet people first (rows 7m, 7p):
// made-up cases to read, to look for indicators in, and to talk about, and the
// courses that they complete.
//
// Its words: a Case is a situation in plain words, with what experienced
// colleagues saw in it and why, and Questions, also on the worth of assistance
// whatever becomes of a prosecution. Work is what a member answered; Feedback
// sets it beside what colleagues saw, with a reason for each. A member tries
// as often as they like. The Practice of a member is the record of it.
//
// Cases are files: cases/en/orchard.yaml, and the same name in a folder of
// another language, with the same codes. A new case needs no code.
//
// What may never happen here: a real person's story, also changed; anything of
// a case of casework; a member's tries before anybody else's eyes; a course
// completed otherwise than by passing its cases.
package training
