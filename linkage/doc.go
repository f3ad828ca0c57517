// Package linkage answers "do you know her?": two States find out whether they
// assist the same person, without either learning whom else the other assists.
//
// A record is made into texts by eight keys ([Texts]). Each text is evaluated
// obliviously (OPRF, RFC 9497, ristretto255-SHA512) under a key that three
// operators share and two must use ([Client.Tokens]), which makes a token of
// it. A State prepares tokens of those in its register who agreed to matching
// ([Prepare]); another sends the tokens of one person as a [Question] ([Ask]);
// the first compares ([Register.Matches]) and shows what met to its duty
// officer, who decides what to say ([Reply]). docs/linkage.md is the protocol,
// with what each side learns and what it could do if it cheated.
//
// The room is pure: no input or output, no clock, no keys at rest. What a node
// must do around it, so that the promises of docs/linkage.md hold:
//
//   - Register refresh. In each epoch, and when a person agrees, changes a
//     record or withdraws: [Prepare] for the cases whose consent names matching
//     and this register, with Until the consent's end, and Closed every State
//     to whose authorities nothing may go: from a stated wish or fear on, the
//     State of origin's and those of family members (casework knows them). A
//     [Prepared] is sealed under its case's key, so that it goes with the case;
//     with consent withdrawn it is destroyed at once, not at the next epoch.
//     The person is told, when asked to agree, what a match can lead to.
//   - Ask. A step on the case ("ask another State whether it knows the
//     person"), by the focal point's members alone, with the purpose
//     protection; [Ask] refuses without consent and through a closed door, but
//     the node must not even offer it there: a refusal on a page is seen. It
//     costs one journal entry on the case: which register, which epoch, by whom,
//     and the [Question]'s id; never a text or a token.
//   - Operators. A node that is an operator keeps its [OperatorKey.Secret] in
//     the vault, answers only nodes of the signed list that are not marked as
//     enforcing immigration law, counts by [Allowance.Evaluate] in the commit
//     that journals who asked for how many elements, and destroys the share
//     when its epoch ends. No State runs two operators.
//   - Answer. The responder counts by [Allowance.Question], journals the
//     question's id and sender before it compares, and turns what
//     [Register.Matches] gives into a duty of the duty officer: on the case
//     that met, seen by nobody else. The receipt that the exchange sends is the
//     same whether anything met, and is signed before the comparison. The
//     officer sees Keys, and where OneName is set the sentence that it may be a
//     brother or a sister. What may leave when is [Question.Allows]; a reply
//     that says nothing is queued by the program for the question's end
//     whatever happened. When the officer speaks, consent and door of the case
//     are looked at again, and the message carries the case's handling code, so
//     that a third State passes nothing on to the State of origin.
//   - Wrong operators. Whatever is named in wrong becomes a duty of the
//     administrator and a message to the signers of the list.
//   - Logs. Nothing of this package is logged but counts, ids and the names of
//     keys. A [Text] or an input never leaves the function that made it.
package linkage
