package casework

func (v *View) safetyEntries() []Entry     { return nil }
func (v *View) placeEntries() []Entry      { return nil }
func (v *View) assistanceEntries() []Entry { return nil }
func (v *View) legalEntries() []Entry      { return nil }
func (v *View) recordEntries() []Entry     { return nil }
