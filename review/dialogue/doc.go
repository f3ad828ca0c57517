// Package dialogue is the review of one State as it goes on (resolution 9/1 of
// the Conference): the reviewers whom country drew read what the State answered,
// write back, ask, and agree with it on one list of observations and a summary.
//
// Its words: an Observation is a gap, a good practice, a suggestion or a need for
// technical assistance. Feedback is a reviewer's word on the answers.
//
// What may never happen here: an observation of somebody who was not drawn, or to
// which the State did not agree, in a closed review; what is confidential read by
// others; a person named.
package dialogue
