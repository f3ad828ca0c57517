// Package backup is the form of a node's backup: folders of files, each with a
// manifest that names every file with its digest.
//
// A backup has two parts, a folder each. NAME.documents has the documents, the
// journal's checkpoints, the list of erasures, the trust list and the settings;
// it may be kept for long. NAME.keys has the sealed keys: whoever has it and
// the root key reads what was erased since, so keep few, and not for long.
// Documents go with keys that were copied later, never with older ones.
//
// A manifest carries a mark under the root key, which is looked at before
// anything else of a strange folder is opened, and the node's signature, which
// anybody can check who has the node's public key.
//
// What may never happen here: a file that no manifest names is used, or a part
// is called whole before all of it is on the disk.
package backup
