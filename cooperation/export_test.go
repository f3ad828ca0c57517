package cooperation

// Filled is for tests of other packages: an act with every field filled in.
var Filled = filled
