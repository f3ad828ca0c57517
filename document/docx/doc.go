// Package docx reads and writes documents of word processors (Office Open XML,
// ISO/IEC 29500, WordprocessingML): paragraphs, headings, lists, tables,
// footnotes, bold and italic, both directions of writing, the header of a page,
// comments, and tracked changes with their author and date.
//
// Its words: a Document has Blocks, each a Paragraph or a Table; a Paragraph has
// Runs of like text. A Change says that a run, a paragraph's mark or a row was
// inserted or deleted, by whom and when. Accepted and Rejected give the document
// with every change taken or refused. What Read left out it names as Cleaned.
//
// It knows nothing of what the documents are about.
//
// What may never happen here: a document that runs anything, fetches anything or
// fills the memory is read; something is left out in silence; a name or a text
// leaves the structure of a document that is written.
package docx
