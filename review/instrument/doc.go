// Package instrument is what everything in the review cites: the Convention and
// its Protocols with their articles and paragraphs, how far each paragraph
// obliges, who is a party, and the resolutions and decisions of the Conference.
//
// Its words: an Instrument is a treaty; a Provision one of its paragraphs, with
// the treaty's own modal verb; an Act a resolution or decision of the
// Conference; a Status what a State is to an instrument at a date.
//
// All of it is files, which a newer one replaces. What no source says is left
// empty, and is shown as not known: never guessed.
package instrument
