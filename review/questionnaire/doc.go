// Package questionnaire is a questionnaire as rolling text: read question by
// question, amended by delegations on words, agreed or left open, frozen as a
// non-paper and compared with what it was (paras. 29 to 34 of the report).
//
// Its words: a Question has a Key that stays, and a number that is only its
// place. A Proposal is a delegation's amendment, made on the words that it had
// before it. A Merge puts several amendments of one text together: where they
// differ on the same words there is a conflict, and each is shown with whose it
// is. A Version is the text at a date and an hour.
//
// What may never happen here: an amendment is lost or its words are changed in
// a merge; a conflict is settled by the program; a question loses where it came
// from; words of the project's own draft stand as those of the Working Group.
package questionnaire
