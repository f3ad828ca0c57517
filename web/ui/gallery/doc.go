// Command gallery shows every component in every language, to look at:
//
//	go run ./web/ui/gallery -addr localhost:8090
//
// It holds no data and is part of no node. Its sample words are real ones, as
// long as they get, with names in several scripts. They are not translated
// but for those that pages use anyway.
package main
