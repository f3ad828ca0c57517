package vault_test

// Made once by Seal and NewSealWriter with the key of thirty-two bytes 1.
const (
	oldSealed = "01eebf03c8ccdba456230a0c00343dc981bbca99ee0ccb0b416ae8f8a1e783aca24d4749cdfe3bc9056662"
	oldStream = "0321b1273ac2534f1aef981d6e034cb772b4bf0c13c6dce1571f87d6b06d50bd32f88f3e3aba5ae1720691f3a0cbfb"
)
